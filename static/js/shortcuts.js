// Presses the button or link that declares the key; nothing is bound that is not seen.
//   <button aria-keyshortcuts="e">Resolve</button>   <summary aria-keyshortcuts="h">Snooze</summary>
//   <div class="desk" data-no-single-keys>  switches single keys off (WCAG 2.1.4)
// @ts-check

const fields = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog";
const moves = new Set(["j", "k", "o", "ArrowDown", "ArrowUp"]);

/** A key that is not Latin is read by its place on the keyboard. */
function name(/** @type {KeyboardEvent} */ event) {
  const key = event.key.length === 1 && event.key > "\u007f" ? event.code.replace(/^Key/, "").toLowerCase() : event.key;
  return event.shiftKey && /^[a-z]$/i.test(key) ? `Shift+${key.toUpperCase()}` : key;
}

/** The last one that is there wins: the newest Undo, not the oldest. */
function declared(/** @type {string} */ key) {
  const all = document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  return [...all].filter((one) => one instanceof HTMLElement).at(-1);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = /** @type {Element} */ (event.target);
  const key = name(event);
  if (target.closest(fields)) return;
  if (document.querySelector(".desk[data-no-single-keys]")) return;
  const inList = target.closest("desk-queue") !== null || target === document.body;
  if (moves.has(key) && (key.length === 1 || inList)) {
    event.preventDefault();
    dispatchEvent(new CustomEvent("desk:key", { detail: key }));
    return;
  }
  if (key === "r" || key === "n") {
    event.preventDefault();
    dispatchEvent(new CustomEvent("desk:write", { detail: key === "r" ? "reply" : "note" }));
    return;
  }
  if (key === "Escape" || key === "u") {
    event.preventDefault();
    back();
    return;
  }
  const hit = declared(key);
  if (!(hit instanceof HTMLElement)) return;
  event.preventDefault();
  hit.click();
});

/** To the open row of the list; on a narrow screen, to the list's own page. */
function back() {
  const row = /** @type {HTMLElement | null} */ (document.querySelector(".row-link[aria-current]") ?? document.querySelector(".row-link"));
  if (row && row.offsetParent !== null) row.focus();
  else /** @type {HTMLElement | null} */ (document.querySelector(".back"))?.click();
}
