// Keeps the newest message in view, and knows which one the agent has seen.
//   <desk-thread><ol id="thread"><li class="message" data-message="42"></li></ol></desk-thread>
//   <button id="new-messages" hidden></button>
// `dataset.seen` is the newest message that was on the screen for a second: what a
// reply is written after. Words come from #new-messages' data-one and data-many.
// @ts-check

const READING = 1000; // milliseconds on the screen until a message counts as seen
const NEAR = 80; // pixels from the end that count as being at the end

class DeskThread extends HTMLElement {
  connectedCallback() {
    this.wires = new AbortController();
    const { signal } = this.wires;
    this.seen = this.newest();
    this.unseen = new Set();
    this.dataset.seen = String(this.seen);
    this.bottom();
    this.addEventListener("scroll", () => this.atEnd() && this.caughtUp(), { signal, passive: true });
    this.pill?.addEventListener("click", () => this.bottom(), { signal });
    this.sights = new IntersectionObserver((entries) => this.looked(entries), { root: this, threshold: 0.5 });
    for (const item of this.querySelectorAll("[data-message]")) this.sights.observe(item);
    this.changes = new MutationObserver((records) => this.changed(records));
    this.changes.observe(this, { childList: true, subtree: true });
    this.height = this.scrollHeight;
    this.sizes = new ResizeObserver(() => this.wasAtEnd && this.bottom());
    this.sizes.observe(this);
    if (this.firstElementChild) this.sizes.observe(this.firstElementChild);
  }

  disconnectedCallback() {
    this.wires?.abort();
    this.sights?.disconnect();
    this.changes?.disconnect();
    this.sizes?.disconnect();
  }

  get pill() {
    return document.getElementById("new-messages");
  }

  newest() {
    const all = [...this.querySelectorAll("[data-message]")];
    return Math.max(0, ...all.map((item) => Number(/** @type {HTMLElement} */ (item).dataset.message)));
  }

  atEnd() {
    this.wasAtEnd = this.scrollHeight - this.scrollTop - this.clientHeight < NEAR;
    return this.wasAtEnd;
  }

  bottom() {
    this.scrollTop = this.scrollHeight;
    this.wasAtEnd = true;
    this.caughtUp();
  }

  /** @param {MutationRecord[]} records */
  changed(records) {
    const before = this.height ?? 0;
    this.height = this.scrollHeight;
    for (const node of records.flatMap((record) => [...record.addedNodes])) {
      if (!(node instanceof HTMLElement) || !node.dataset.message) continue;
      this.sights?.observe(node);
      if (Number(node.dataset.message) > (this.seen ?? 0)) this.unseen?.add(node.id);
    }
    if (records.some((record) => record.target instanceof Element && record.target.closest(".more-text"))) return;
    if (this.wasAtEnd) this.bottom();
    else if (this.scrollTop < NEAR && this.height > before) this.scrollTop += this.height - before;
    this.tell();
  }

  tell() {
    const { pill } = this;
    const count = this.unseen?.size ?? 0;
    if (!pill) return;
    pill.hidden = count === 0 || Boolean(this.wasAtEnd);
    pill.textContent = count === 1 ? pill.dataset.one ?? "" : (pill.dataset.many ?? "").replace("0", String(count));
  }

  caughtUp() {
    this.unseen?.clear();
    this.tell();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  looked(entries) {
    for (const entry of entries) {
      const item = /** @type {HTMLElement} */ (entry.target);
      if (!entry.isIntersecting) continue;
      setTimeout(() => this.saw(item), READING);
    }
  }

  /** @param {HTMLElement} item */
  saw(item) {
    if (document.hidden || !item.isConnected) return;
    this.seen = Math.max(this.seen ?? 0, Number(item.dataset.message));
    this.dataset.seen = String(this.seen);
  }
}

customElements.define("desk-thread", DeskThread);
