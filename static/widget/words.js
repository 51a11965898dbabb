// @ts-check
// What the server wrote into the page as JSON:
//   <script id="words" type="application/json">{"sent": "Sent", ...}</script>
//   <script id="config" type="application/json">{"api": "/w/.../", ...}</script>

/** @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
const read = (id) => JSON.parse(element(id).textContent || "{}");

/** @type {Record<string, string>} */
const words = read("words");

/** @type {Record<string, any>} */
export const config = read("config");

/**
 * Return a sentence in the page's language, with its {names} filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Return an id that no other message has: 128 random bits. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function socketAddress() {
  const address = new URL(config.socket, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address;
}
