// @ts-check
// The line to the page that shows the widget. That page starts it with
//   frame.postMessage({type: "hello", user, page, looks}, <our origin>, [port])
// and from then on only the port is used. Opened by itself, the window has no host.

/** @typedef {{type: string, [name: string]: any}} Signal */

/** @type {MessagePort | null} */
let port = null;

/** Return the host's first words. Resolves at once when there is no host. */
export function greet() {
  return new Promise((/** @type {(hello: Signal) => void} */ resolve) => {
    if (window.parent === window) {
      resolve({ type: "hello", standalone: true });
      return;
    }
    const listen = (/** @type {MessageEvent} */ event) => {
      // Who may be our parent is decided by frame-ancestors; nobody else is heard.
      if (event.source !== window.parent || event.data?.type !== "hello") return;
      if (!event.ports[0]) return;
      window.removeEventListener("message", listen);
      port = event.ports[0];
      resolve(event.data);
    };
    window.addEventListener("message", listen);
  });
}

/**
 * Call a function for each signal of the host, by its type.
 * @param {Record<string, (signal: Signal) => void>} handlers
 */
export function listen(handlers) {
  if (!port) return;
  port.onmessage = ({ data }) => {
    if (Object.hasOwn(handlers, data?.type)) handlers[data.type](data);
  };
}

/** @param {Signal} signal */
export function tell(signal) {
  port?.postMessage(signal);
}
