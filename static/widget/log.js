// @ts-check
// The transcript on the page: each item once, in the server's order.
//   <div id="log" role="log"><button id="earlier" hidden></button> ...items </div>

import { render, stateLine } from "./bubble.js";
import { insert, insertDay, stayAtEnd, toEnd } from "./place.js";
import { element } from "./words.js";

/** @typedef {import("./bubble.js").Item} Item */

const log = element("log");
const earlier = element("earlier");
const NOT_YET = "~"; // sorts after every order the server gives

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

/** Return what the desk, the bot and agents said, oldest first. */
export function theirs() {
  const isTheirs = (/** @type {Item} */ item) =>
    item.author.kind !== "you" && item.kind === "message" && item.id !== "greeting";
  return all().filter(isTheirs);
}

/**
 * Show items that are not shown yet; return those that are new.
 * @param {Item[]} incoming
 */
export function show(incoming) {
  const fresh = incoming.filter((item) => place(item));
  stayAtEnd();
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
 * Say under the visitor's own message how far it got. "Sent" stands under the
 * newest only.
 * @param {string} clientId
 * @param {"sending" | "sent" | "failed"} state
 * @param {() => void} [retry]
 */
export function setState(clientId, state, retry) {
  const said = shown.get(`mine-${clientId}`);
  if (!said) return;
  said.querySelector("[data-state]")?.remove();
  said.append(stateLine(state, retry));
  [...log.querySelectorAll("[data-state='sent']")].slice(0, -1).forEach((old) => old.remove());
}

/** @param {boolean} on what is shown at first is not read aloud */
export function announce(on) {
  log.setAttribute("aria-live", on ? "polite" : "off");
}

/**
 * Put older items above, and keep what is read where it is.
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
  const isPending = item.order.startsWith(NOT_YET);
  const mine = item.client_id ? `mine-${item.client_id}` : "";
  const known = shown.get(item.id) || shown.get(mine);
  if (known && (isPending || items.has(item.id))) return false;
  const node = render(item);
  node.dataset.order = item.order;
  if (known) known.replaceWith(node);
  else if (log.getAttribute("aria-live") === "polite") node.dataset.new = "";
  insert(node);
  if (item.at) insertDay(item.at);
  items.delete(mine);
  items.set(item.id, item);
  shown.set(item.id, node);
  if (mine) shown.set(mine, node);
  if (mine && !isPending) setState(item.client_id || "", "sent");
  return !known;
}
