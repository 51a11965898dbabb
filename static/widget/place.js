// @ts-check
// Puts a node where its `data-order` says, with the day above the first of each day
// and the author named above the first of several bubbles.

import { make } from "./bubble.js";
import { say } from "./words.js";

const dates = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long",
  day: "numeric",
  month: "long",
});

/**
 * Put a node into the log. Nodes without an order stay at the top.
 * @param {HTMLElement} log
 * @param {HTMLElement} node
 */
export function insert(log, node) {
  const order = node.dataset.order || "";
  const isAbove = (/** @type {HTMLElement} */ other) =>
    other !== node && (other.dataset.order || "") <= order;
  let before = /** @type {HTMLElement | null} */ (log.lastElementChild);
  while (before && !isAbove(before)) {
    before = /** @type {HTMLElement | null} */ (before.previousElementSibling);
  }
  if (before) before.after(node);
  else log.prepend(node);
  nameAuthor(node);
  nameAuthor(/** @type {HTMLElement | null} */ (node.nextElementSibling));
}

/** @param {HTMLElement | null} node */
function nameAuthor(node) {
  const author = node?.querySelector(".said-author");
  if (!node || !author) return;
  const above = node.previousElementSibling?.querySelector(".said-author");
  const isSame = above?.textContent === author.textContent;
  author.classList.toggle("hidden-text", isSame || node.dataset.author === "you");
}

/**
 * Put the day into the log, once.
 * @param {HTMLElement} log
 * @param {string} at
 */
export function insertDay(log, at) {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const order = `${(midnight / 1000).toFixed(6).padStart(17, "0")}.`;
  if (log.querySelector(`.day[data-order="${order}"]`)) return;
  const isToday = midnight === new Date().setHours(0, 0, 0, 0);
  const day = make("p", "day", isToday ? say("today") : dates.format(midnight));
  day.dataset.order = order;
  insert(log, day);
}
