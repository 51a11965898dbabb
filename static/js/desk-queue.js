// Goes through the list by keys and opens a conversation beside it without a new page.
//   <desk-queue data-query="?view=mine">
//     <ol id="rows"><li class="row" data-conversation="7"><a class="row-link" href="/console/c/7/">
// Rows that arrive live carry no query: it is added here.
// @ts-check

class DeskQueue extends HTMLElement {
  connectedCallback() {
    this.wires = new AbortController();
    const { signal } = this.wires;
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    addEventListener("desk:key", (event) => this.key(/** @type {CustomEvent} */ (event)), { signal });
    document.addEventListener("htmx:after:history:push", () => this.mark(), { signal });
    document.addEventListener("htmx:after:swap", () => this.mark(), { signal });
    // Rows replaced live lose the mark of the open one.
    this.observer = new MutationObserver(() => this.mark());
    this.observer.observe(this, { childList: true, subtree: true });
    this.mark();
  }

  disconnectedCallback() {
    this.wires?.abort();
    this.observer?.disconnect();
  }

  /** @returns {HTMLAnchorElement[]} */
  get links() {
    return [...this.querySelectorAll(".row-link")].map((link) => /** @type {HTMLAnchorElement} */ (link));
  }

  get opened() {
    return /\/c\/(\d+)\//.exec(location.pathname)?.[1];
  }

  mark() {
    for (const link of this.links) {
      const isOpen = link.closest("li")?.dataset.conversation === this.opened;
      if (isOpen === link.hasAttribute("aria-current")) continue;
      if (isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest(".row-link");
    if (!(link instanceof HTMLAnchorElement)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.open(link);
  }

  /** @param {HTMLAnchorElement} link */
  open(link) {
    const url = new URL(link.href).pathname + (this.dataset.query ?? "");
    const htmx = /** @type {any} */ (globalThis).htmx;
    if (!htmx || !document.getElementById("conversation")) {
      location.assign(url);
      return;
    }
    htmx.ajax("GET", url, { source: this, target: "#conversation", swap: "outerHTML", push: url });
  }

  /** @param {CustomEvent} event */
  key(event) {
    const { links } = this;
    if (!links.length) return;
    const focused = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const current = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute("aria-current"));
    const to = { j: current + 1, ArrowDown: current + 1, k: current - 1, ArrowUp: current - 1 }[event.detail];
    if (to !== undefined) this.move(links[Math.max(0, Math.min(links.length - 1, to))]);
    if (event.detail === "o" && links[current]) this.open(links[current]);
  }

  /** @param {HTMLAnchorElement} link */
  move(link) {
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    clearTimeout(this.rest);
    // Opens after a rest, so that holding the key does not open every one.
    this.rest = setTimeout(() => document.activeElement === link && this.open(link), 120);
  }
}

customElements.define("desk-queue", DeskQueue);
