// @ts-check
// The transcript on the page: each item once, in the server's order.
//   <div id="log" role="log"><button id="earlier" hidden></button> ...items </div>

import { make, render } from "./bubble.js";
import { element, say } from "./words.js";

/** @typedef {import("./bubble.js").Item} Item */

const log = element("log");
const earlier = element("earlier");
const NOT_YET = "~"; // sorts after every order the server gives
const dates = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** @type {Map<string, HTMLElement>} */
let shown = new Map();
/** @type {Map<string, Item>} */
let items = new Map();

export function clear() {
  shown = new Map();
  items = new Map();
  log.replaceChildren(earlier);
  earlier.hidden = true;
}

/** Return everything that is shown, oldest first. */
export function all() {
  return [...items.values()].sort((one, other) => (one.order < other.order ? -1 : 1));
}

/**
 * Show items that are not shown yet; return those that are new.
 * @param {Item[]} incoming
 */
export function show(incoming) {
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const fresh = incoming.filter((item) => place(item));
  if (wasAtEnd) toEnd();
  return fresh;
}

/**
 * Show what the visitor has just written, before the server has it.
 * @param {Item} item
 */
export function showPending(item) {
  place({ ...item, order: NOT_YET + item.order });
  setState(item.client_id || "", "sending");
  toEnd();
}

/**
 * Say under the visitor's own message how far it got.
 * @param {string} clientId
 * @param {"sending" | "sent" | "failed"} state
 * @param {() => void} [retry]
 */
export function setState(clientId, state, retry) {
  const said = shown.get(`mine-${clientId}`);
  if (!said) return;
  said.querySelector(".said-state")?.remove();
  const line = make("span", "said-state", say(state));
  line.dataset.state = state;
  if (retry) {
    const button = make("button", "said-retry", say("retry"));
    button.setAttribute("type", "button");
    button.addEventListener("click", retry, { once: true });
    line.append(" ", button);
  }
  said.append(line);
}

export function toEnd() {
  log.scrollTop = log.scrollHeight;
}

/** @param {boolean} on what is shown at first is not read aloud */
export function announce(on) {
  log.setAttribute("aria-live", on ? "polite" : "off");
}

/**
 * Keep the place while older items are put above it.
 * @param {Item[]} older
 * @param {boolean} hasMore
 */
export function prepend(older, hasMore) {
  const below = log.scrollHeight - log.scrollTop;
  older.forEach(place);
  earlier.hidden = !hasMore;
  log.scrollTop = log.scrollHeight - below;
}

/**
 * @param {Item} item
 * @returns {boolean} whether it was new
 */
function place(item) {
  const mine = item.client_id ? `mine-${item.client_id}` : "";
  const known = shown.get(item.id) || (mine && shown.get(mine)) || null;
  if (known && (items.get(item.id) || item.order.startsWith(NOT_YET))) return false;
  const node = render(item);
  node.dataset.order = item.order;
  if (known) known.replaceWith(node);
  else node.dataset.new = "";
  insert(node);
  shown.set(item.id, node);
  if (mine) shown.set(mine, node);
  items.delete(mine);
  items.set(item.order.startsWith(NOT_YET) ? mine : item.id, item);
  if (mine && !item.order.startsWith(NOT_YET)) setState(item.client_id || "", "sent");
  separate(item);
  return !known;
}

/** @param {HTMLElement} node */
function insert(node) {
  const order = node.dataset.order || "";
  let before = /** @type {HTMLElement | null} */ (log.lastElementChild);
  while (before && before !== earlier && (before === node || (before.dataset.order || "") > order)) {
    before = /** @type {HTMLElement | null} */ (before.previousElementSibling);
  }
  if (before) before.after(node);
  else log.prepend(node);
  nameAuthor(node);
  nameAuthor(/** @type {HTMLElement | null} */ (node.nextElementSibling));
}

/**
 * Name the author above the first of several bubbles only.
 * @param {HTMLElement | null} node
 */
function nameAuthor(node) {
  const author = /** @type {HTMLElement | null} */ (node?.querySelector(".said-author") || null);
  if (!node || !author) return;
  const previous = node.previousElementSibling;
  const same = previous?.querySelector(".said-author")?.textContent === author.textContent;
  author.classList.toggle("hidden-text", same || node.dataset.author === "you");
}

/**
 * Put the day above its first item, once.
 * @param {Item} item
 */
function separate(item) {
  if (!item.at) return;
  const midnight = new Date(item.at);
  midnight.setHours(0, 0, 0, 0);
  const key = `day-${midnight.getTime()}`;
  if (shown.has(key)) return;
  const isToday = midnight.getTime() === new Date().setHours(0, 0, 0, 0);
  const day = make("p", "day", isToday ? say("today") : dates.format(midnight));
  day.dataset.order = `${(midnight.getTime() / 1000).toFixed(6).padStart(17, "0")}.`;
  shown.set(key, day);
  insert(day);
}
