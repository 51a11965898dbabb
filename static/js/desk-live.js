// One socket that keeps the screen right: it says what is shown and hears what changed.
//   <desk-live data-reconnecting="Reconnecting…" data-signed-out="…" data-gone="…"><p role="status" hidden></p></desk-live>
// Frames may get lost: every 15 s, after a gap and after a pause what is shown is compared.
// @ts-check
import { rowFrame, shown, shownThread, synced, threadAnswer, threadFrame } from "./live.js";
import { customerTypes, customerWrote, present, show, tellTyping } from "./live-presence.js";
import { LiveSocket } from "./live-socket.js";

const SYNC_EVERY = 15000; // milliseconds, as the rest
const ASK_AFTER = 400; // a burst of gaps is one question
const COUNT_AFTER = 3000; // counts may lag a little
const BANNER_AFTER = 1500;

class DeskLive extends HTMLElement {
  connectedCallback() {
    this.wires = new AbortController();
    const { signal } = this.wires;
    this.news = this.seen = this.opened = 0;
    addEventListener("online", () => this.wake(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.wake(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.wake(), { signal });
    document.addEventListener("htmx:after:swap", () => this.follow(), { signal });
    addEventListener("desk:gone", () => this.say(this.dataset.gone), { signal });
    tellTyping((frame) => this.send(frame), signal);
    this.ticks = [setInterval(() => this.sync(), SYNC_EVERY), setInterval(() => this.tick(), 2000)];
    this.socket = new LiveSocket({
      joined: () => this.joined(),
      heard: (frame) => this.heard(frame),
      lost: () => (this.banner ??= setTimeout(() => this.say(this.dataset.reconnecting), BANNER_AFTER)),
      signedOut: () => this.say(this.dataset.signedOut),
    });
  }

  disconnectedCallback() {
    this.wires?.abort();
    this.ticks?.forEach(clearInterval);
    for (const timer of [this.asking, this.banner]) clearTimeout(timer);
    this.socket?.end();
  }

  joined() {
    this.opened = 0;
    clearTimeout(this.banner);
    this.banner = undefined;
    this.say("");
    this.follow();
    this.sync();
  }

  wake() {
    this.news = 0;
    this.title();
    if (this.socket?.isOpen) this.sync();
    else this.socket?.connect();
  }

  /** @param {any} frame */
  heard(frame) {
    if (frame.type === "row") {
      if (frame.news && document.hidden) this.news = (this.news ?? 0) + 1;
      this.title();
      if (!rowFrame(frame)) this.ask(COUNT_AFTER);
    } else if (frame.type === "synced") this.answered(frame);
    else if (frame.type === "thread") this.thread(frame.thread);
    else if (frame.type === "presence" && frame.conversation === this.opened) present(frame.people);
    else if (frame.type === "customer.typing" && frame.conversation === this.opened) customerTypes(frame.name);
    else if (frame.type === "stale") this.ask(ASK_AFTER);
    else if (frame.items) {
      if (frame.announce) customerWrote();
      if (!threadFrame(frame)) this.ask(ASK_AFTER);
    }
  }

  /** @param {any} answer */
  answered(answer) {
    synced(answer);
    if (answer.thread?.people) present(answer.thread.people);
  }

  /** @param {any} answer */
  thread(answer) {
    threadAnswer(answer);
    if (answer.people) present(answer.people);
  }

  /** Asks soon, once for many reasons. @param {number} wait */
  ask(wait) {
    if (this.asking && wait >= (this.askingIn ?? 0)) return;
    clearTimeout(this.asking);
    this.askingIn = wait;
    this.asking = setTimeout(() => this.sync(), wait);
  }

  async sync() {
    clearTimeout(this.asking);
    this.asking = undefined;
    if (this.socket?.isOpen) this.send({ type: "sync", ...shown() });
    else await this.poll();
  }

  /** The same by HTTP, while the socket is down. */
  async poll() {
    const token = /** @type {HTMLInputElement | null} */ (document.querySelector("#act [name=csrfmiddlewaretoken]"))?.value ?? "";
    const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
    const response = await fetch("/console/sync/", { method: "POST", headers, body: JSON.stringify(shown()) }).catch(() => null);
    if (response?.redirected) this.say(this.dataset.signedOut);
    else if (response?.ok) this.answered(await response.json());
  }

  /** Says which conversation the screen shows, when it is another one. */
  follow() {
    const thread = shownThread();
    show();
    if (!this.socket?.isOpen || (thread?.conversation ?? 0) === this.opened) return;
    this.opened = thread?.conversation ?? 0;
    this.seen = 0;
    customerWrote();
    present([]);
    this.send(thread ? { type: "open", thread } : { type: "close" });
  }

  tick() {
    this.follow();
    const seen = Number(/** @type {HTMLElement | null} */ (document.querySelector("desk-thread"))?.dataset.seen ?? 0);
    if (document.hidden || !this.socket?.isOpen || seen <= (this.seen ?? 0)) return;
    this.seen = seen;
    this.send({ type: "seen", message: seen });
  }

  /** @param {object} frame */
  send(frame) {
    this.socket?.send(frame);
  }

  title() {
    const title = document.title.replace(/^\(\d+\) /, "");
    document.title = this.news ? `(${this.news}) ${title}` : title;
  }

  /** @param {string | undefined} text */
  say(text) {
    const bar = this.querySelector("p");
    if (!bar) return;
    bar.hidden = !text;
    bar.textContent = text ?? "";
  }
}

customElements.define("desk-live", DeskLive);
