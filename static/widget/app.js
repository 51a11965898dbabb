// @ts-check
// The chat window's beginning: wires its buttons and the line to the host page.

import { get } from "./api.js";
import * as bridge from "./bridge.js";
import { confirm, drop, host, join, start, tellTyping, wake } from "./chat.js";
import * as composer from "./composer.js";
import * as log from "./log.js";
import * as outbox from "./outbox.js";
import * as reach from "./reach.js";
import { toEnd } from "./place.js";
import { keep } from "./store.js";
import { config, element, say } from "./words.js";

const hello = await bridge.greet();
host.user = hello.user;
host.page = hello.page || "";
host.isOpen = Boolean(hello.standalone);

async function showEarlier() {
  const oldest = log.all().find((item) => item.kind === "message" && item.id !== "greeting");
  const page = await get(`sync?before=${oldest?.id || ""}`);
  log.prepend(page.items, page.earlier);
}

/**
 * Put on the site's color, the ink that can be read upon it, and light or dark.
 * @param {{color: string, ink: string, theme?: string}} looks
 */
function dress({ color, ink, theme }) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  root.style.setProperty("--accent", color);
  root.style.setProperty("--on-accent", ink);
}

const close = () => bridge.tell({ type: "close" });

function onOpen() {
  host.isOpen = true;
  join();
  confirm();
  toEnd();
  composer.focus();
}

composer.wire({
  onText: (text) => outbox.add({ text, page: host.page }),
  onFile: (file) => outbox.add({ file }),
  onTyping: tellTyping,
});
reach.wire();
dress({ ...config.looks, ...hello.looks });
element("close").hidden = Boolean(hello.standalone);
element("close").addEventListener("click", close);
element("earlier").addEventListener("click", showEarlier);
element("person").addEventListener("click", () => {
  element("person").hidden = true;
  outbox.add({ text: say("person_wish"), wish: "person", page: host.page });
  composer.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) close();
});
document.addEventListener("visibilitychange", wake);
window.addEventListener("online", wake);
window.addEventListener("offline", drop);

// One beginning after another: two at once would show one visitor the other's words.
let starting = start();
const startAgain = () => (starting = starting.then(start));

bridge.listen({
  open: onOpen,
  closed: () => (host.isOpen = false),
  prefill: (signal) => composer.prefill(String(signal.text)),
  page: (signal) => (host.page = String(signal.url)),
  identify: (signal) => {
    host.user = signal.user;
    startAgain();
  },
  shutdown: () => {
    host.user = undefined;
    keep("token", null);
    startAgain();
  },
});
