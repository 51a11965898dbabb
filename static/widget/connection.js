// @ts-check
// The socket, and the question every 15 s that makes up for whatever it lost. Rows
// on the server are the truth; where sockets are blocked, the question does alone.

import { get } from "./api.js";
import { recall } from "./store.js";
import { config } from "./words.js";

const SYNC = 15_000; // milliseconds between questions
const SYNC_WITHOUT_SOCKET = 5_000;
const SILENCE = 10_000; // a socket that does not answer for so long is dead
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const BANNER_AFTER = 1_500;
const BAD_TOKEN = 4401;

/**
 * @typedef {{cursor: string, onPage: (page: any) => void, onTyping: (frame: any) => void,
 *   onLost: (isLost: boolean) => void, onBack: () => void, renew: () => Promise<void>}} Settings
 */

/**
 * Open a connection for the current token; it opens itself again until closed.
 * @param {Settings} settings
 */
export function connect(settings) {
  let { cursor } = settings;
  /** @type {WebSocket | null} */
  let socket = null;
  let wait = FIRST_WAIT;
  let isClosed = false;
  /** @type {Record<string, number | undefined>} */
  const timers = {};
  const unwire = new AbortController();

  /**
   * @param {string} name
   * @param {() => void} act
   * @param {number} delay milliseconds
   */
  function later(name, act, delay) {
    clearTimeout(timers[name]);
    timers[name] = window.setTimeout(act, delay);
  }

  const isOpen = () => socket?.readyState === WebSocket.OPEN;

  /** @param {any} frame */
  function send(frame) {
    if (isOpen()) socket?.send(JSON.stringify(frame));
  }

  function heard() {
    clearTimeout(timers.silence);
    clearTimeout(timers.banner);
    settings.onLost(false);
  }

  function open() {
    if (isClosed || socket) return;
    clearTimeout(timers.open);
    const address = new URL(config.socket, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    later("silence", drop, SILENCE);
    socket.onopen = () => {
      send({ type: "hello", token: recall("token"), after: cursor });
    };
    socket.onmessage = ({ data }) => take(JSON.parse(data));
    socket.onclose = ({ code }) => lost(code);
  }

  function drop() {
    socket?.close();
    lost(0);
  }

  /** @param {any} frame */
  function take(frame) {
    heard();
    if (frame.type === "typing") settings.onTyping(frame);
    if (frame.type !== "messages") return;
    if (wait !== FIRST_WAIT) settings.onBack();
    wait = FIRST_WAIT;
    cursor = frame.cursor;
    settings.onPage(frame);
  }

  /** @param {number} code */
  async function lost(code) {
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket = null;
    if (isClosed) return;
    clearTimeout(timers.silence);
    if (timers.banner === undefined) later("banner", () => settings.onLost(true), BANNER_AFTER);
    if (code === BAD_TOKEN) await settings.renew().catch(() => {});
    later("open", open, wait * (0.7 + Math.random() * 0.6));
    later("sync", sync, Math.min(wait, SYNC_WITHOUT_SOCKET));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function sync() {
    later("sync", sync, isOpen() ? SYNC : SYNC_WITHOUT_SOCKET);
    if (isOpen()) {
      send({ type: "sync", after: cursor });
      later("silence", drop, SILENCE);
      return;
    }
    try {
      const page = await get(`sync?after=${encodeURIComponent(cursor)}`);
      if (isClosed || isOpen()) return;
      heard();
      settings.onBack();
      cursor = page.cursor;
      settings.onPage(page);
    } catch {
      // The banner says so; the next question comes.
    }
  }

  function wake() {
    if (document.hidden || isClosed) return;
    wait = FIRST_WAIT;
    if (socket) sync();
    else open();
  }

  function close() {
    isClosed = true;
    unwire.abort();
    Object.values(timers).forEach(clearTimeout);
    socket?.close();
  }

  window.addEventListener("online", wake, { signal: unwire.signal });
  document.addEventListener("visibilitychange", wake, { signal: unwire.signal });
  open();
  later("sync", sync, SYNC);
  return { send, sync, close };
}
