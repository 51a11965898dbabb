// @ts-check
// The chat window: begins a session, shows the transcript, and passes everything
// else on to the module whose subject it is.

import { get, post } from "./api.js";
import * as bridge from "./bridge.js";
import { authorOf, greeting } from "./bubble.js";
import * as composer from "./composer.js";
import { connect } from "./connection.js";
import * as log from "./log.js";
import * as outbox from "./outbox.js";
import * as reach from "./reach.js";
import { keep, recall } from "./store.js";
import { applyColor } from "./theme.js";
import { config, element, say } from "./words.js";

const TYPING_SHOWN = 6_000; // milliseconds without news until it is not believed

const host = await bridge.greet();
let user = host.user;
let page = host.page || "";
let isOpen = Boolean(host.standalone);
let cursor = "";
let unread = 0;
/** @type {ReturnType<typeof connect> | null} */
let connection = null;
let typingTimer = 0;

/** Ask for a token, and for what was said. */
async function session() {
  const started = await post("session", { user, page, after: cursor });
  keep("token", started.token);
  if (started.warning) console.warn(`Desk: ${started.warning}`);
  return started;
}

/** Begin, or begin again as somebody else. */
async function start() {
  connection?.close();
  connection = null;
  cursor = "";
  unread = 0;
  const started = await session();
  log.announce(false);
  log.clear();
  if (!started.earlier) log.show([greeting()]);
  outbox.open(started.visitor.key, { sent: onSent, renew, problem: composer.tell });
  reach.open(started.visitor.key, started.ask_email);
  takePage(started);
  log.toEnd();
  setTimeout(() => log.announce(true), 500);
  if (isOpen || started.cursor) join();
  bridge.tell({ type: "ready", returning: started.cursor !== "" });
}

/** A token was refused: the next one may be for somebody else. */
async function renew() {
  const before = recall("visitor");
  const started = await session();
  if (before && before !== started.visitor.key) await start();
}

function join() {
  connection ??= connect({
    cursor,
    onPage: takePage,
    onTyping: showTyping,
    onLost: (isLost) => (element("banner").hidden = !isLost),
    onBack: outbox.flush,
    renew,
  });
  outbox.flush();
}

/** @param {any} page what the server sends: items, cursor, earlier */
function takePage(page) {
  cursor = page.cursor || cursor;
  if (page.visitor) keep("visitor", page.visitor.key);
  const seen = recall("seen", "");
  const fresh = log.show(page.items);
  if (page.visitor) element("earlier").hidden = !page.earlier;
  const theirs = fresh.filter((item) => item.author.kind !== "you" && item.kind === "message");
  if (theirs.length) showTyping({ on: false });
  unread += theirs.filter((item) => item.order > seen).length;
  for (const item of page.visitor ? [] : theirs) {
    bridge.tell({ type: "message", author: authorOf(item), text: item.text });
  }
  confirm(theirs);
  offerPerson();
}

/**
 * Tell the server what was shown, and the host how much was not looked at.
 * @param {{id: string}[]} items
 */
function confirm(items) {
  const isRead = isOpen && !document.hidden;
  if (isRead) {
    unread = 0;
    keep("seen", log.all().at(-1)?.order || "");
  }
  if (items.length) connection?.send({ type: "seen", ids: items.map((item) => item.id), read: isRead });
  bridge.tell({ type: "unread", count: unread });
}

/** A person can be asked for as long as only the assistant has answered. */
function offerPerson() {
  const others = log.all().filter((item) => item.author.kind !== "you" && item.id !== "greeting");
  const last = others.at(-1);
  element("person").hidden = !config.bot || last?.author.kind !== "bot";
}

/** @param {{on: boolean, name?: string}} frame */
function showTyping({ on, name }) {
  clearTimeout(typingTimer);
  element("typing").textContent = on ? say("typing", { name: name || say("desk") }) : "";
  if (on) typingTimer = window.setTimeout(() => showTyping({ on: false }), TYPING_SHOWN);
}

function onSent() {
  bridge.tell({ type: "ready", returning: true });
  connection?.sync();
  reach.ask();
}

function onOpen() {
  isOpen = true;
  join();
  confirm(log.all().filter((item) => item.author.kind !== "you" && item.kind === "message").slice(-50));
  log.toEnd();
  composer.focus();
}

async function showEarlier() {
  const oldest = log.all().find((item) => item.kind === "message" && item.id !== "greeting");
  const older = await get(`sync?before=${oldest?.id || ""}`);
  log.prepend(older.items, older.earlier);
}

const close = () => bridge.tell({ type: "close" });

composer.wire({
  onText: (text) => outbox.add({ text, page }),
  onFile: (file) => outbox.add({ file }),
  onTyping: () => connection?.send({ type: "typing" }),
});
reach.wire();
applyColor(host.color || config.color, host.theme);
element("close").hidden = Boolean(host.standalone);
element("close").addEventListener("click", close);
element("earlier").addEventListener("click", showEarlier);
element("person").addEventListener("click", () => {
  element("person").hidden = true;
  outbox.add({ text: say("person_wish"), wish: "person", page });
  composer.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) close();
});
document.addEventListener("visibilitychange", () => isOpen && !document.hidden && onOpen());
bridge.listen({
  open: onOpen,
  closed: () => (isOpen = false),
  prefill: (signal) => composer.prefill(String(signal.text)),
  page: (signal) => (page = String(signal.url)),
  identify: (signal) => {
    user = signal.user;
    start();
  },
  shutdown: () => {
    user = undefined;
    for (const name of ["token", "visitor", "seen"]) keep(name, null);
    start();
  },
});
await start();
