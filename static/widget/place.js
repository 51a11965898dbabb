// @ts-check
// Where things stand in the log: each node where its `data-order` says, the day above
// the first of each day, the author above the first of several bubbles. Who reads the
// end stays there while pictures arrive and the composer grows.

import { make } from "./bubble.js";
import { element, say } from "./words.js";

const NEAR = 80; // pixels that still count as the end

const log = element("log");
let isAtEnd = true;
const dates = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** @param {HTMLElement} node one without an order stays at the top */
export function insert(node) {
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

/** @param {string} at */
export function insertDay(at) {
  const midnight = new Date(at).setHours(0, 0, 0, 0);
  const order = `${(midnight / 1000).toFixed(6).padStart(17, "0")}.`;
  if (log.querySelector(`.day[data-order="${order}"]`)) return;
  const isToday = midnight === new Date().setHours(0, 0, 0, 0);
  const day = make("p", "day", isToday ? say("today") : dates.format(midnight));
  day.dataset.order = order;
  insert(day);
}

export function toEnd() {
  isAtEnd = true;
  stayAtEnd();
}

export function stayAtEnd() {
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

log.addEventListener("load", stayAtEnd, { capture: true });
log.addEventListener("scroll", () => {
  isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
});
new ResizeObserver(stayAtEnd).observe(log);
