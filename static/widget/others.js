// @ts-check
// Who is at the other end: that they write, and whether a person can be asked for.
//   <p id="typing" aria-live="polite"></p> <button id="person" hidden></button>

import * as log from "./log.js";
import { config, element, say } from "./words.js";

const TYPING_SHOWN = 6_000; // milliseconds without news until it is not believed

let timer = 0;

/** @param {{on: boolean, name?: string}} frame */
export function showTyping({ on, name }) {
  clearTimeout(timer);
  element("typing").textContent = on ? say("typing", { name: name || say("desk") }) : "";
  if (on) timer = window.setTimeout(() => showTyping({ on: false }), TYPING_SHOWN);
}

/**
 * Say in the header who the visitor talks with. A person can be asked for as long
 * as the assistant has the last word.
 */
export function showPartner() {
  const others = log.all().filter((item) => item.author.kind !== "you");
  element("person").hidden = !config.bot || others.at(-1)?.author.kind !== "bot";
  const name = others.findLast((item) => item.author.kind === "agent")?.author.name;
  if (!name) return;
  element("presence").textContent = say("with", { name });
  element("avatar").textContent = name.slice(0, 1).toUpperCase();
}

/** @param {boolean} isLost the desk cannot be reached */
export function showLost(isLost) {
  element("banner").hidden = !isLost;
}
