// @ts-check
// One visitor's chat from its session on: what is shown and what was looked at.

import { post } from "./api.js";
import * as bridge from "./bridge.js";
import { authorOf, greeting } from "./bubble.js";
import * as composer from "./composer.js";
import { connect } from "./connection.js";
import * as log from "./log.js";
import { showLost as onLost, showPartner, showTyping } from "./others.js";
import * as outbox from "./outbox.js";
import * as reach from "./reach.js";
import { toEnd } from "./place.js";
import { keep, recall } from "./store.js";
import { later } from "./timers.js";
import { config, element } from "./words.js";

/** What the host told: who its user is, which page shows the widget, and if it is open. */
export const host = { user: /** @type {any} */ (undefined), page: "", isOpen: false };

/** @type {ReturnType<typeof connect> | null} */
let connection = null;
let visitor = "";
let cursor = "";
/** @type {Map<string, boolean>} what the server knows: shown, and whether it was read */
let confirmed = new Map();

/** Begin, or begin again as somebody else. @returns {Promise<void>} */
export async function start() {
  connection?.close();
  connection = null;
  visitor = cursor = "";
  confirmed = new Map();
  const started = await session().catch(() => null);
  onLost(!started);
  if (!started) return later(3_000).then(start);
  visitor = started.visitor.key;
  log.announce(false);
  log.clear();
  if (!started.earlier) log.show([greeting()]);
  outbox.open(visitor, { sent: onSent, renew, problem: composer.tell });
  reach.open(visitor, started.ask_email);
  takePage(started);
  element("earlier").hidden = !started.earlier;
  toEnd();
  setTimeout(() => log.announce(true), 500);
  if (host.isOpen || started.cursor) join();
  bridge.tell({ type: "ready", returning: started.cursor !== "", looks: config.looks });
}

async function session() {
  const started = await post("session", { user: host.user, page: host.page, after: cursor });
  keep("token", started.token);
  if (started.warning) console.warn(`Desk: ${started.warning}`);
  return started;
}

/** A token was refused: the next one may be for somebody else. */
async function renew() {
  const started = await session();
  if (started.visitor.key !== visitor) await start();
}

/** Open the connection, once there is a reason to and a token. */
export function join() {
  if (!visitor) return;
  connection ??= connect({
    cursor,
    onPage: takePage,
    onTyping: showTyping,
    onLost,
    renew,
  });
  outbox.flush();
}

/** @param {any} page what the server sends: items and a cursor */
function takePage(page) {
  cursor = page.cursor;
  const fresh = log.show(page.items);
  const said = fresh.filter((item) => item.author.kind !== "you" && item.kind === "message");
  if (said.length) showTyping({ on: false });
  if (connection) {
    for (const item of said) bridge.tell({ type: "message", author: authorOf(item), text: item.text });
    outbox.flush();
  }
  confirm();
  showPartner();
}

/** Tell the server what was shown, and the host how much was not looked at. */
export function confirm() {
  if (!visitor) return;
  const isRead = host.isOpen && !document.hidden;
  const theirs = log.theirs();
  const seen = recall(`seen.${visitor}`, "");
  if (isRead) keep(`seen.${visitor}`, theirs.at(-1)?.order || seen);
  const count = isRead ? 0 : theirs.filter((item) => item.order > seen).length;
  bridge.tell({ type: "unread", count });
  const news = theirs.filter(({ id }) => !confirmed.has(id) || (isRead && !confirmed.get(id)));
  const ids = news.map(({ id }) => id).slice(-100);
  if (!ids.length || !connection?.send({ type: "seen", ids, read: isRead })) return;
  for (const id of ids) confirmed.set(id, isRead);
}

function onSent() {
  bridge.tell({ type: "ready", returning: true, looks: config.looks });
  connection?.sync();
  reach.ask();
}

export const tellTyping = () => connection?.send({ type: "typing" });
export const drop = () => connection?.drop();

/** The network is back, or the visitor looks again. */
export function wake() {
  if (document.hidden) return;
  connection?.wake();
  confirm();
}
