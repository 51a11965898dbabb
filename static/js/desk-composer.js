// Keeps drafts on this device, sends with the keyboard, and says what was seen.
//   <desk-composer data-conversation="7"><form class="composer">
//     <input name="after"> <input type="radio" name="kind"> <textarea name="text">
//     <span class="draft-state" data-saved="Draft saved"> <button data-send> <button data-send-resolve>
// @ts-check

const KEPT_DAYS = 30;

class DeskComposer extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    this.form = form;
    this.wires = new AbortController();
    const { signal } = this.wires;
    if (this.text.value) this.save();
    else this.restore();
    form.addEventListener("input", (event) => this.changed(/** @type {HTMLInputElement} */ (event.target)), { signal });
    form.addEventListener("keydown", (event) => this.key(event), { signal });
    form.addEventListener("submit", (event) => this.sending(event), { signal, capture: true });
    form.addEventListener("htmx:after:request", (event) => this.sent(/** @type {CustomEvent} */ (event)), { signal });
    addEventListener("desk:write", (event) => this.write(/** @type {CustomEvent} */ (event).detail), { signal });
  }

  disconnectedCallback() {
    this.wires?.abort();
  }

  get text() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  get kind() {
    return new FormData(/** @type {HTMLFormElement} */ (this.form)).get("kind");
  }

  get slot_() {
    const user = document.querySelector(".desk")?.getAttribute("data-user");
    return `draft:${user}:${this.dataset.conversation}:${this.kind}`;
  }

  /** @param {HTMLInputElement} field */
  changed(field) {
    if (field.name === "text") this.save();
    if (field.name === "kind") this.restore();
    if (field.name === "to") this.showWay(field);
    if (field.name === "uploads") this.showFiles(field);
  }

  save() {
    const state = /** @type {HTMLElement | null} */ (this.querySelector(".draft-state"));
    if (this.text.value) localStorage.setItem(this.slot_, JSON.stringify([Date.now(), this.text.value]));
    else localStorage.removeItem(this.slot_);
    if (state) state.textContent = this.text.value ? state.dataset.saved ?? "" : "";
  }

  /** Each kind has its own draft: what was meant for agents never turns into a reply. */
  restore() {
    const [at, text] = JSON.parse(localStorage.getItem(this.slot_) ?? "[0, \"\"]");
    this.text.value = Date.now() - at < KEPT_DAYS * 86400000 ? text : "";
  }

  /** @param {HTMLInputElement} way */
  showWay(way) {
    const label = way.closest("label")?.querySelector(".way-label");
    const chosen = this.querySelector(".way-chosen");
    if (label && chosen) chosen.replaceChildren(...[...label.childNodes].map((node) => node.cloneNode(true)));
    way.closest("details")?.removeAttribute("open");
  }

  /** @param {HTMLInputElement} input */
  showFiles(input) {
    const shown = this.querySelector(".chosen-files");
    if (shown) shown.textContent = [...(input.files ?? [])].map((file) => file.name).join(", ");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.text.blur();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const button = this.querySelector(event.shiftKey ? "[data-send-resolve]" : "[data-send]");
    this.form?.requestSubmit(/** @type {HTMLButtonElement} */ (button));
  }

  /** @param {SubmitEvent} event */
  sending(event) {
    const seen = /** @type {HTMLElement | null} */ (document.querySelector("desk-thread"))?.dataset.seen;
    const after = this.form?.querySelector("input[name=after]");
    if (seen && after instanceof HTMLInputElement) after.value = String(Math.max(Number(seen), Number(after.value)));
  }

  /** @param {CustomEvent} event */
  sent(event) {
    const { ctx } = event.detail;
    if (ctx.response?.status < 300 && !ctx.response.raw.redirected) localStorage.removeItem(this.slot_);
  }

  /** @param {string} kind */
  write(kind) {
    const radio = this.querySelector(`input[name=kind][value=${kind}]`);
    if (radio instanceof HTMLInputElement && !radio.checked) radio.click();
    this.text.focus();
  }
}

customElements.define("desk-composer", DeskComposer);
