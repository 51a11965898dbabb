// @ts-check
// What the browser keeps for one visitor. Where it may keep nothing (a private
// window, blocked storage), the page does until it is closed.

import { config } from "./words.js";

/** @type {Map<string, string>} */
const memory = new Map();

/** @param {string} name */
const keyOf = (name) => `desk.chat.${config.account}.${name}`;

/**
 * @param {string} name
 * @param {any} otherwise
 */
export function recall(name, otherwise = null) {
  const key = keyOf(name);
  try {
    const kept = localStorage.getItem(key) ?? memory.get(key);
    return kept ? JSON.parse(kept) : otherwise;
  } catch {
    return memory.has(key) ? JSON.parse(String(memory.get(key))) : otherwise;
  }
}

/**
 * @param {string} name
 * @param {any} value null forgets it
 */
export function keep(name, value) {
  const key = keyOf(name);
  const text = JSON.stringify(value);
  if (value === null) memory.delete(key);
  else memory.set(key, text);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // The copy in memory has to do.
  }
}
