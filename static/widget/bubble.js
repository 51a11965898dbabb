// @ts-check
// Builds what one item of the transcript looks like:
//   <div class="said" data-author="agent"><span class="said-author">Maya</span>
//     <div class="said-bubble" dir="auto">...</div></div>
//   <p class="arrival">Maya joined the conversation</p>

import { fileParts } from "./files.js";
import { config, say } from "./words.js";

/**
 * @typedef {{id: string, kind: string, client_id?: string, at: string, order: string,
 *   author: {kind: string, name: string}, text?: string, channel?: string,
 *   files?: any[], sources?: any[]}} Item
 */

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/g;

/**
 * @param {string} tag
 * @param {string} name
 * @param {...(Node | string)} children
 */
export function make(tag, name, ...children) {
  const node = document.createElement(tag);
  node.className = name;
  node.append(...children);
  return node;
}

/** @param {Item} item */
export function render(item) {
  if (item.kind === "arrival") {
    return make("p", "arrival", say("joined", { name: item.author.name || say("desk") }));
  }
  const said = make("div", "said");
  said.dataset.author = item.author.kind;
  said.append(make("span", "said-author", authorOf(item)), bubbleOf(item));
  if (item.channel) {
    said.append(make("span", "said-state", say(item.channel === "email" ? "by_email" : "by_other")));
  }
  return said;
}

/** @param {Item} item */
export function authorOf(item) {
  const { kind, name } = item.author;
  if (kind === "you") return say("you");
  return name || say(kind === "bot" ? "bot" : "desk");
}

/** @param {Item} item */
function bubbleOf(item) {
  const bubble = make("div", "said-bubble");
  bubble.dir = "auto";
  if (item.text) bubble.append(make("div", "said-text", ...linked(item.text)));
  for (const file of item.files || []) bubble.append(fileParts(file));
  const sources = (item.sources || []).map(sourceOf).filter((link) => link !== null);
  if (sources.length) {
    const list = make("ul", "said-sources", ...sources.map((link) => make("li", "", link)));
    list.setAttribute("aria-label", say("sources"));
    bubble.append(list);
  }
  return bubble;
}

/** @param {{title: string, url: string}} source */
function sourceOf(source) {
  if (!URL.canParse(source.url, location.href)) return null;
  const { href, protocol } = new URL(source.url, location.href);
  return ["http:", "https:"].includes(protocol) ? link(href, source.title || href) : null;
}

/** @param {string} text */
function linked(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), link(found[0], found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

/**
 * @param {string} href
 * @param {string} label
 */
function link(href, label) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = label;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow";
  return anchor;
}

/**
 * Return the line under a message of the visitor's own.
 * @param {"sending" | "sent" | "failed"} state
 * @param {() => void} [retry]
 */
export function stateLine(state, retry) {
  const line = make("span", "said-state", say(state));
  line.dataset.state = state;
  if (!retry) return line;
  const button = make("button", "said-retry", say("retry"));
  button.setAttribute("type", "button");
  button.addEventListener("click", retry, { once: true });
  line.append(" ", button);
  return line;
}

/** What the window says before anybody has written. */
export function greeting() {
  const author = { kind: "desk", name: "" };
  return { id: "greeting", kind: "message", author, text: config.greeting, at: "", order: "" };
}
