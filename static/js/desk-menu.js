// Closes menus as menus close: on a click elsewhere, on Escape, when another opens.
//   <details class="menu"><summary>Snooze</summary><div class="menu-items"><button class="menu-item">
// @ts-check

const items = "button:not([disabled]), a[href], input, select";

/** @returns {HTMLDetailsElement[]} */
const open = () => [...document.querySelectorAll("details.menu[open]")].map((menu) => /** @type {HTMLDetailsElement} */ (menu));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  for (const menu of open()) {
    if (!menu.contains(target) || target.closest(".menu-items button, .menu-items a")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = open().find((one) => one.contains(document.activeElement)) ?? open()[0];
  if (!menu) return;
  if (event.key === "Escape") {
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLSelectElement) return;
  event.preventDefault();
  const choices = [...menu.querySelectorAll(`.menu-items :is(${items})`)].map((item) => /** @type {HTMLElement} */ (item));
  const at = choices.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = event.key === "ArrowDown" ? 1 : -1;
  choices.at((at + step + choices.length) % choices.length)?.focus();
}, { capture: true });

// `toggle` does not bubble; capturing sees it on every menu, also on new ones.
document.addEventListener("toggle", (event) => {
  const menu = /** @type {HTMLDetailsElement} */ (event.target);
  if (!menu.matches?.("details.menu") || !menu.open) return;
  for (const other of open()) if (other !== menu) other.open = false;
  const first = menu.querySelector(".menu-items input:checked") ?? menu.querySelector(`.menu-items :is(${items})`);
  if (first instanceof HTMLElement) first.focus();
}, { capture: true });

document.addEventListener("click", (event) => {
  const toggle = /** @type {Element} */ (event.target).closest("[data-toggle=panel]");
  const desk = /** @type {HTMLElement | null} */ (document.querySelector(".desk"));
  if (!toggle || !desk) return;
  event.preventDefault();
  const panel = document.getElementById("panel");
  const shown = panel !== null && getComputedStyle(panel).display !== "none";
  desk.dataset.panel = shown ? "closed" : "open";
  if (!shown && innerWidth < 1280) panel?.focus();
});

document.addEventListener("click", (event) => {
  const opener = /** @type {Element} */ (event.target).closest("[data-open]");
  const dialog = opener && document.getElementById(opener.getAttribute("data-open") ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
});
