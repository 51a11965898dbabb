// Places what the desk sends, by element id: rows in their list, bubbles in their thread.
//   <ol id="rows" data-view="mine" data-order="-last_activity_at"><li id="row-7" data-version="12" data-activity="…">
//   <ol id="thread" data-conversation="7" data-version="12"><li id="message-42" data-version="12" data-at="…">
// Older than shown is ignored; a thread's frame must follow the version shown, or we ask.
// @ts-check
import { elementOf, fill, morph } from "./live-morph.js";
import { hold, isBusy, letGo, placeRow } from "./live-rows.js";

const COALESCE = 150; // milliseconds in which changes become one
const MESSAGES = 200; // the newest ones are compared

/** @typedef {{type: string, conversation: number, version: number, html: string, lists: string[], assignee: number | null, items: Record<string, string>, parts: Record<string, string>, announce: string}} Frame */

/** @type {Map<string, string>} */
const due = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const byId = (/** @type {string} */ id) => document.getElementById(id);
const threadVersion = () => Math.max(...["thread", "header"].map((id) => Number(byId(id)?.dataset.version ?? 0)));

/** Everything the screen shows, for the desk to compare. */
export function shown() {
  place();
  const rows = [...document.querySelectorAll("#rows > .row")].map((row) => /** @type {HTMLElement} */ (row).dataset);
  return {
    view: shownView(),
    rows: Object.fromEntries(rows.map((row) => [row.conversation, Number(row.version)])),
    thread: shownThread(),
  };
}

export function shownThread() {
  const thread = byId("thread");
  if (!thread) return null;
  const messages = /** @type {HTMLElement[]} */ ([...thread.querySelectorAll(":scope > [data-message]")]);
  const entries = /** @type {HTMLElement[]} */ ([...thread.querySelectorAll(":scope > [data-entry]")]);
  return {
    conversation: Number(thread.dataset.conversation),
    version: threadVersion(),
    messages: Object.fromEntries(messages.slice(-MESSAGES).map((item) => [item.dataset.message, item.dataset.state])),
    last_entry: Math.max(0, ...entries.map((item) => Number(item.dataset.entry))),
  };
}

/** @param {Frame} frame Returns whether all is right now; if not, ask. */
export function rowFrame(frame) {
  const list = byId("rows");
  if (!list) return true;
  const old = byId(`row-${frame.conversation}`);
  if (Number(old?.dataset.version ?? 0) >= frame.version) return true;
  const user = Number(/** @type {HTMLElement | null} */ (document.querySelector(".desk"))?.dataset.user);
  const isHere = frame.lists.includes(list.dataset.view ?? "") && (list.dataset.view !== "mine" || frame.assignee === user);
  const isNarrowed = [...new URLSearchParams(shownView()).keys()].some((name) => name !== "view");
  if (isHere && (old || !isNarrowed)) later(`row-${frame.conversation}`, frame.html);
  if (!isHere && old) removeRow(frame.conversation);
  // Counts are this agent's own, and what a filter leaves only the desk knows.
  return false;
}

const shownView = () => /** @type {HTMLElement | null} */ (document.querySelector("desk-queue"))?.dataset.query ?? "";

/** @param {Frame} frame Returns whether all is right now; if not, ask. */
export function threadFrame(frame) {
  const thread = byId("thread");
  if (Number(thread?.dataset.conversation) !== frame.conversation) return true;
  const mine = threadVersion();
  if (frame.version <= mine) return true;
  if (frame.version > mine + 1) return false;
  placeThread(frame.version, { ...frame.items, ...frame.parts });
  const region = byId("live-region");
  if (region && frame.announce) region.textContent = frame.announce;
  return true;
}

/** @param {any} answer */
export function synced(answer) {
  for (const [id, html] of Object.entries(answer.rows)) later(id, /** @type {string} */ (html));
  for (const pk of answer.removed) removeRow(pk);
  if (byId("rows")) {
    fill("views", answer.views);
    if (answer.count !== "") fill("list-count", answer.count);
  }
  if (answer.thread) threadAnswer(answer.thread);
}

/** @param {any} answer */
export function threadAnswer(answer) {
  if (Number(byId("thread")?.dataset.conversation) !== answer.conversation) return;
  if (answer.gone) {
    dispatchEvent(new CustomEvent("desk:gone"));
    return;
  }
  if (!answer.items || answer.version < threadVersion()) return;
  for (const id of answer.removed) byId(id)?.remove();
  placeThread(answer.version, { ...answer.items, ...answer.parts });
}

/** @param {number} version @param {Record<string, string>} pieces */
function placeThread(version, pieces) {
  const thread = byId("thread");
  if (thread) thread.dataset.version = String(version);
  for (const [id, html] of Object.entries(pieces)) later(id, html);
}

/** @param {number} conversation */
function removeRow(conversation) {
  due.delete(`row-${conversation}`);
  if (isBusy()) hold(`row-${conversation}`, null);
  else letGo(`row-${conversation}`);
}

/** @param {string} id @param {string} html */
function later(id, html) {
  due.set(id, html);
  timer ??= setTimeout(place, COALESCE);
}

function place() {
  clearTimeout(timer);
  timer = undefined;
  for (const [id, html] of due) placeOne(id, html);
  due.clear();
}

/** @param {string} id @param {string} html */
function placeOne(id, html) {
  const fresh = elementOf(html);
  const old = byId(id);
  if (!fresh) return;
  if (id.startsWith("row-")) placeRow(fresh, old, morph);
  else if (old) morph(old, fresh);
  else placeItem(fresh);
}

/** Bubbles and lines stand by time. @param {HTMLElement} item */
function placeItem(item) {
  const thread = byId("thread");
  if (!thread || !item.dataset.at) return;
  item.setAttribute("data-new", "");
  const at = Number(item.dataset.at);
  const items = /** @type {HTMLElement[]} */ ([...thread.querySelectorAll(":scope > [data-at]")]);
  thread.insertBefore(item, items.find((other) => Number(other.dataset.at) > at) ?? null);
  /** @type {any} */ (globalThis).htmx?.process(item);
}
