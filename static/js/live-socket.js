// A socket that comes back: after 0.5 s, then twice as long each time, up to 30 s.
//   new LiveSocket({ joined, heard, lost, signedOut })
// @ts-check

const [FIRST_WAIT, LONGEST_WAIT] = [500, 30000]; // milliseconds
const SILENCE = 40000; // every sync is answered: a socket silent for so long is dead
const SIGNED_OUT = 4401;

/** @typedef {{joined: () => void, heard: (frame: any) => void, lost: () => void, signedOut: () => void}} Ears */

export class LiveSocket {
  /** @param {Ears} ears */
  constructor(ears) {
    this.ears = ears;
    this.attempts = 0;
    this.heardAt = 0;
    this.connect();
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    if (this.socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.retry);
    const url = new URL("/ws/console/", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("language", document.documentElement.lang);
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.addEventListener("open", () => this.joined());
    socket.addEventListener("message", (event) => this.heard(event));
    socket.addEventListener("close", (event) => socket === this.socket && this.lost(event.code));
  }

  joined() {
    this.attempts = 0;
    this.heardAt = Date.now();
    this.ears.joined();
  }

  /** @param {MessageEvent} event */
  heard(event) {
    this.heardAt = Date.now();
    this.ears.heard(JSON.parse(event.data));
  }

  /** @param {number} code */
  lost(code) {
    this.socket = undefined;
    if (code === SIGNED_OUT) {
      this.ears.signedOut();
      return;
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempts);
    this.attempts += 1;
    // Not all screens of an office come back in the same moment.
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
    this.ears.lost();
  }

  /** @param {object} frame */
  send(frame) {
    if (!this.isOpen) return;
    if (Date.now() - this.heardAt > SILENCE) this.drop();
    else this.socket?.send(JSON.stringify(frame));
  }

  /** Give up a socket that may never say that it is closed. */
  drop() {
    const { socket } = this;
    this.lost(0);
    socket?.close();
  }

  end() {
    clearTimeout(this.retry);
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
  }
}
