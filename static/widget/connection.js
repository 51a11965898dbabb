// @ts-check
// The socket, and the question every 15 s that makes up for whatever it lost. Rows
// on the server are the truth; where sockets are blocked, the question does alone.

import { get } from "./api.js";
import { recall } from "./store.js";
import { backoff, namedTimers } from "./timers.js";
import { socketAddress } from "./words.js";

const SYNC = 15_000; // milliseconds between questions
const SYNC_WITHOUT_SOCKET = 5_000;
const SILENCE = 10_000; // a socket that does not answer for so long is dead
const BANNER_AFTER = 1_500;
const BAD_TOKEN = 4401;

/**
 * @typedef {{cursor: string, onPage: (page: any) => void, onTyping: (frame: any) => void,
 *   onLost: (isLost: boolean) => void, renew: () => Promise<void>}} Settings
 */

/**
 * Open a connection for the current token; it opens itself again until closed.
 * @param {Settings} settings
 */
export function connect(settings) {
  let { cursor } = settings;
  /** @type {WebSocket | null} */
  let socket = null;
  let isClosed = false;
  let worksWithout = false; // the server answers, only the socket does not open
  const timers = namedTimers();
  const waits = backoff();
  const isOpen = () => socket?.readyState === WebSocket.OPEN;

  /** @param {any} frame */
  function send(frame) {
    if (isOpen()) socket?.send(JSON.stringify(frame));
    return isOpen();
  }

  function heard() {
    for (const name of ["silence", "banner"]) timers.cancel(name);
    settings.onLost(false);
  }

  function missed() {
    if (!timers.has("banner")) timers.set("banner", BANNER_AFTER, () => settings.onLost(true));
  }

  function open() {
    if (isClosed || socket) return;
    socket = new WebSocket(socketAddress());
    timers.set("silence", SILENCE, lost);
    socket.onopen = () => send({ type: "hello", token: recall("token"), after: cursor });
    socket.onmessage = ({ data }) => take(JSON.parse(data));
    socket.onclose = ({ code }) => lost(code);
  }

  /** @param {any} frame */
  function take(frame) {
    heard();
    if (frame.type === "typing") settings.onTyping(frame);
    if (frame.type !== "messages") return;
    waits.reset();
    cursor = frame.cursor;
    settings.onPage(frame);
  }

  /** @param {number} [code] */
  async function lost(code) {
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket.close();
    socket = null;
    if (isClosed) return;
    timers.cancel("silence");
    if (!worksWithout) missed();
    if (code === BAD_TOKEN) await settings.renew().catch(() => {});
    if (isClosed) return;
    const wait = waits.next();
    timers.set("open", wait, open);
    timers.set("sync", Math.min(wait, SYNC_WITHOUT_SOCKET), sync);
  }

  async function sync() {
    timers.set("sync", isOpen() ? SYNC : SYNC_WITHOUT_SOCKET, sync);
    if (send({ type: "sync", after: cursor })) {
      timers.set("silence", SILENCE, lost);
      return;
    }
    try {
      const page = await get(`sync?after=${encodeURIComponent(cursor)}`);
      worksWithout = true;
      if (isClosed || isOpen()) return;
      heard();
      cursor = page.cursor;
      settings.onPage(page);
    } catch {
      worksWithout = false;
      if (!isClosed && !isOpen()) missed();
    }
  }

  /** The network or the visitor is back: do not wait any longer. */
  function wake() {
    waits.reset();
    if (socket) sync();
    else open();
  }

  function close() {
    isClosed = true;
    timers.cancelAll();
    socket?.close();
  }

  open();
  timers.set("sync", SYNC, sync);
  return { send, sync, wake, close, drop: () => lost() };
}
