// Puts rows where they belong, but never under the pointer: new ones wait behind a pill.
//   <desk-queue><button id="fresh-rows" data-one="1 new" data-many="0 new" hidden>
//     <ol id="rows" data-order="-last_activity_at"><li class="row" data-activity="…"></li><li id="more-rows">
// @ts-check

/** @typedef {(old: HTMLElement, fresh: HTMLElement) => void} Morph */

const KEYS = { last_activity_at: "activity", waiting_since: "waiting", snoozed_until: "snoozed" };

/** What waits, by element id: a row to place, or null for one to take away. @type {Map<string, HTMLElement | null>} */
const waiting = new Map();
/** Rows that changed in place and belong elsewhere. @type {Set<string>} */
const unsorted = new Set();

const rows = () => document.getElementById("rows");

/** Whether the pointer or the keyboard is in the list. */
export function isBusy() {
  const list = rows();
  return Boolean(list?.matches(":hover") || list?.contains(document.activeElement));
}

/** @param {HTMLElement} fresh @param {HTMLElement | null} old @param {Morph} morph */
export function placeRow(fresh, old, morph) {
  waiting.delete(fresh.id);
  if (old) {
    morph(old, fresh);
    unsorted.add(fresh.id);
  } else if (isBusy()) hold(fresh.id, fresh);
  else insert(fresh);
  if (!isBusy()) release();
  tell();
}

/** @param {string} id @param {HTMLElement | null} row */
export function hold(id, row) {
  waiting.set(id, row);
  if (!row) document.getElementById(id)?.setAttribute("data-gone", "");
  tell();
}

/** @param {string} id */
export function letGo(id) {
  waiting.delete(id);
  document.getElementById(id)?.remove();
  // The list says what an empty one means.
  if (rows() && !rows()?.querySelector(".row")) document.body.dispatchEvent(new CustomEvent("desk:resync"));
}

/** Do what waited: the pointer is elsewhere, or the pill was pressed. */
export function release() {
  for (const id of unsorted) {
    const row = document.getElementById(id);
    if (row) insert(row);
  }
  unsorted.clear();
  for (const [id, row] of [...waiting]) {
    if (row) insert(row);
    else letGo(id);
  }
  waiting.clear();
  tell();
}

/** @param {HTMLElement} row */
function insert(row) {
  const list = rows();
  if (!list) return;
  const others = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(":scope > .row")]).filter((other) => other !== row);
  const next = others.find((other) => comesBefore(row, other)) ?? null;
  const more = document.getElementById("more-rows");
  if (!next && more && !row.isConnected) return; // it is on a later page
  if (row.isConnected && row.nextElementSibling === (next ?? more)) return;
  list.querySelector(":scope > .empty")?.remove();
  if (!row.isConnected) row.setAttribute("data-new", "");
  list.insertBefore(row, next ?? more);
}

/** @param {HTMLElement} row @param {HTMLElement} other */
function comesBefore(row, other) {
  const order = rows()?.dataset.order ?? "";
  const name = KEYS[/** @type {keyof typeof KEYS} */ (order.replace("-", ""))] ?? "activity";
  const difference = Number(row.dataset[name]) - Number(other.dataset[name]);
  if (difference === 0) return false;
  return order.startsWith("-") ? difference > 0 : difference < 0;
}

function tell() {
  const pill = document.getElementById("fresh-rows");
  if (!pill) return;
  const count = [...waiting.values()].filter(Boolean).length;
  pill.hidden = count === 0;
  pill.textContent = count === 1 ? pill.dataset.one ?? "" : (pill.dataset.many ?? "").replace("0", String(count));
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("#fresh-rows")) release();
});
document.addEventListener("pointerover", () => (waiting.size || unsorted.size) && !isBusy() && release());
document.addEventListener("focusout", () => setTimeout(() => (waiting.size || unsorted.size) && !isBusy() && release()));
