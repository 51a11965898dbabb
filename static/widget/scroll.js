// @ts-check
// Pictures arrive and the composer grows: who reads the end of the log stays there.

import { element } from "./words.js";

const NEAR = 80; // pixels that still count as the end

const log = element("log");
let isAtEnd = true;

export function toEnd() {
  isAtEnd = true;
  stayAtEnd();
}

export function stayAtEnd() {
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

log.addEventListener("load", stayAtEnd, { capture: true });
log.addEventListener("scroll", () => {
  isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
});
new ResizeObserver(stayAtEnd).observe(log);
