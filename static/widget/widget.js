// @ts-check
// The launcher that a site embeds:
//   <script async src="https://desk.example/widget.js" data-inbox="<account token>"></script>
// Options come from window.deskSettings or data attributes: inbox, locale, color,
// position ("start" or "end"), theme, and user ({id, name, email, hash} or {jwt}).
// It needs no inline style or script of the site: script-src, style-src and frame-src
// of the desk are enough.
(() => {
  const page = /** @type {any} */ (window);
  if (page.Desk) return;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const settings = { ...script.dataset, ...page.deskSettings };
  const origin = new URL(settings.baseURL || script.src).origin;
  const remembered = `desk:${settings.inbox}`;
  const language = () =>
    settings.locale || document.documentElement.lang || navigator.language;

  const allWords = page.deskWords || {};
  delete page.deskWords;
  const words = allWords[language()] || allWords[language().split("-")[0]] || allWords.en;

  const STYLE = `
    :host { all: initial; position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; color-scheme: normal; }
    :host([data-position="start"]) { inset-inline: 20px auto; }
    button { all: unset; box-sizing: border-box; display: grid; place-items: center; inline-size: 56px; block-size: 56px; border-radius: 50%; background: var(--color); color: var(--ink); box-shadow: 0 4px 16px rgb(0 0 0 / .24); cursor: pointer; }
    button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
    b { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 20px; block-size: 20px; border-radius: 10px; background: #b0171d; color: #fff; font: 700 12px/20px system-ui; text-align: center; }
    b:empty { display: none; }
    iframe { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; inline-size: 384px; block-size: min(640px, 100dvh - 108px); border: 0; border-radius: 16px; background: Canvas; box-shadow: 0 12px 40px rgb(0 0 0 / .25); color-scheme: normal; }
    :host([data-position="start"]) iframe { inset-inline: 20px auto; }
    iframe[hidden] { display: none; }
    @media (max-width: 480px) {
      iframe, :host([data-position="start"]) iframe { inset: 0; inline-size: 100%; block-size: 100dvh; border-radius: 0; }
      :host([data-open]) button { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      iframe { transition: opacity .15s, transform .15s; }
      @starting-style { iframe { opacity: 0; transform: translateY(8px); } }
    }
    @media (forced-colors: active) { button { border: 2px solid ButtonText; } }
    @media print { :host { display: none; } }`;

  let isOpen = false;
  let isReady = false;
  let unread = 0;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  /** @type {MessagePort | undefined} */
  let port;
  /** @type {any[]} signals for a window that is still loading */
  let waiting = [];
  /** @type {Record<string, ((detail?: any) => void)[]>} */
  const listeners = {};

  const host = document.createElement("desk-widget");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.append(icon("M4 5h16v11H9l-5 4z"));
  const badge = document.createElement("b");
  badge.setAttribute("aria-hidden", "true");
  root.append(button, badge);

  let color = "#4338ca";
  paint(settings.color || remember());
  if (settings.position === "start") host.dataset.position = "start";

  /** @param {string} path */
  function icon(path) {
    const names = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(names, "svg");
    const line = document.createElementNS(names, "path");
    const looks = { width: 26, height: 26, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linejoin": "round", "aria-hidden": "true" };
    for (const [name, value] of Object.entries(looks)) svg.setAttribute(name, String(value));
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  /** @param {string | null} wanted */
  function paint(wanted) {
    if (wanted && /^#[0-9a-f]{6}$/i.test(wanted)) color = wanted;
    host.style.setProperty("--color", color);
    host.style.setProperty("--ink", inkOn(color));
  }

  /** @param {string} hex */
  function inkOn(hex) {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
  }

  /**
   * Remember that the visitor has written, by the color of the launcher.
   * @param {string | null} [color] null forgets; without it what is remembered is returned
   */
  function remember(color) {
    try {
      if (color === undefined) return localStorage.getItem(remembered);
      if (color) localStorage.setItem(remembered, color);
      else localStorage.removeItem(remembered);
    } catch {
      // Without storage every visit is the first.
    }
    return null;
  }

  /**
   * @param {string} name
   * @param {any} [detail]
   */
  function fire(name, detail) {
    for (const listener of listeners[name] || []) listener(detail);
  }

  /** @param {any} signal */
  function send(signal) {
    if (port) port.postMessage(signal);
    else waiting.push(signal);
  }

  function describe() {
    const count = unread && !isOpen ? `, ${words.unread.replace("{count}", unread)}` : "";
    button.setAttribute("aria-label", (isOpen ? words.close : words.open) + count);
    button.setAttribute("aria-expanded", String(isOpen));
    badge.textContent = isOpen || !unread ? "" : unread > 9 ? "9+" : String(unread);
  }

  /** Load the window, once somebody seems to want it. */
  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.hidden = !isOpen;
    frame.src = `${origin}/w/${settings.inbox}/?l=${encodeURIComponent(language())}`;
    frame.addEventListener("load", greet);
    root.append(frame);
  }

  function greet() {
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => hear(data);
    const looks = settings.color ? { color, ink: inkOn(color) } : {};
    if (settings.theme) Object.assign(looks, { theme: settings.theme });
    const hello = { type: "hello", user: settings.user, looks, page: location.href };
    frame?.contentWindow?.postMessage(hello, origin, [channel.port2]);
    waiting.forEach((signal) => port?.postMessage(signal));
    waiting = [];
  }

  /** @param {any} signal */
  function hear(signal) {
    if (signal.type === "close") toggle(false);
    else if (signal.type === "message") fire("message", { author: signal.author, text: signal.text });
    else if (signal.type === "ready") {
      if (!settings.color) paint(signal.looks.color);
      if (signal.returning) remember(color);
      if (!isReady) fire("ready");
      isReady = true;
    } else if (signal.type === "unread") {
      unread = signal.count;
      describe();
      fire("unread", unread);
    }
  }

  function toggle(wanted = !isOpen) {
    if (wanted === isOpen) return;
    isOpen = wanted;
    load();
    if (frame) frame.hidden = !isOpen;
    host.toggleAttribute("data-open", isOpen);
    describe();
    send({ type: isOpen ? "open" : "closed" });
    if (isOpen) frame?.focus();
    else button.focus();
    fire(isOpen ? "open" : "close");
  }

  button.addEventListener("click", () => toggle());
  for (const hint of ["pointerenter", "focus"]) button.addEventListener(hint, load, { once: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen && document.activeElement === host) toggle(false);
  });
  addEventListener("popstate", () => send({ type: "page", url: location.href }));

  page.Desk = {
    open: () => toggle(true),
    close: () => toggle(false),
    toggle: () => toggle(),
    /** @param {any} user */
    identify(user) {
      settings.user = user;
      if (port) send({ type: "identify", user });
      else load(); // its first words carry the user
    },
    /** @param {string} text */
    prefill(text) {
      toggle(true);
      send({ type: "prefill", text });
    },
    /** Forget the visitor: call it when your user signs out. */
    shutdown() {
      settings.user = undefined;
      load();
      send({ type: "shutdown" });
      remember(null);
      toggle(false);
    },
    /**
     * @param {"ready" | "open" | "close" | "message" | "unread"} name
     * @param {(detail?: any) => void} listener
     * @returns {() => void} takes the listener off again
     */
    on(name, listener) {
      (listeners[name] ??= []).push(listener);
      return () => {
        listeners[name] = listeners[name].filter((other) => other !== listener);
      };
    },
  };

  function show() {
    describe();
    document.body.append(host);
    if (remember()) (page.requestIdleCallback || setTimeout)(load);
  }

  if (document.body) show();
  else addEventListener("DOMContentLoaded", show);
  dispatchEvent(new Event("desk:ready"));
})();
