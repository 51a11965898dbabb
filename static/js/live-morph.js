// Changes elements in place with htmx's morph: node, focus and what is open stay.
//   <li id="message-42"><details open>…</details><footer class="bubble-foot">Sent</footer></li>
// @ts-check

/** @param {string} html @returns {HTMLElement | null} */
export function elementOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return /** @type {HTMLElement | null} */ (template.content.firstElementChild);
}

/** What is open in a part stays open. @param {HTMLElement} old @param {HTMLElement} fresh */
export function morph(old, fresh) {
  const details = [...fresh.querySelectorAll("details")];
  const opened = [...old.querySelectorAll("details")].map((element) => element.open);
  if (old.matches(".message") && opened.includes(true)) {
    old.querySelector(".bubble-foot")?.replaceWith(fresh.querySelector(".bubble-foot") ?? "");
    Object.assign(old.dataset, fresh.dataset);
    return;
  }
  opened.forEach((open, index) => details[index]?.toggleAttribute("open", open));
  const { htmx } = /** @type {any} */ (globalThis);
  if (htmx) htmx.swap({ sourceElement: old, target: old, text: fresh.outerHTML, swap: "outerMorph" });
  else old.replaceWith(fresh);
}

/** Puts HTML into an element. @param {string} id @param {string} html */
export function fill(id, html) {
  const target = document.getElementById(id);
  const { htmx } = /** @type {any} */ (globalThis);
  if (target && htmx) htmx.swap({ sourceElement: target, target, text: html, swap: "innerMorph" });
}
