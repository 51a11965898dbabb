// @ts-check
// What the visitor wrote and the server has not confirmed. It is kept in the
// browser, sent in order, and the server takes each id once: sending again is safe.

import { Refusal, post } from "./api.js";
import { bodyOf, itemOf } from "./draft.js";
import * as log from "./log.js";
import { keep, recall } from "./store.js";
import { newId, say } from "./words.js";

/** @typedef {import("./draft.js").Draft} Draft */

/** @type {Draft[]} */
let drafts = [];
let whose = "";
let isSending = false;
/** @type {{sent: () => void, renew: () => Promise<void>, problem: (sentence: string) => void}} */
let callbacks;

/**
 * Begin with what a visitor left unsent.
 * @param {string} visitor
 * @param {typeof callbacks} given
 */
export function open(visitor, given) {
  whose = visitor;
  callbacks = given;
  drafts = recall(`outbox.${whose}`, []);
  for (const draft of drafts) log.showPending(itemOf(draft));
}

/** @param {Omit<Draft, "id">} said */
export function add(said) {
  const draft = { id: newId(), ...said };
  drafts.push(draft);
  save();
  log.showPending(itemOf(draft));
  return flush();
}

/** Send what waits, oldest first. Stops at the first that cannot be sent now. */
export async function flush() {
  if (isSending) return;
  isSending = true;
  try {
    while (drafts.length && (await send(drafts[0])));
  } finally {
    isSending = false;
  }
}

/**
 * @param {Draft} draft
 * @returns {Promise<boolean>} whether to go on with the next one
 */
async function send(draft, isSecondTry = false) {
  const forWhom = whose;
  log.setState(draft.id, "sending");
  try {
    await post(draft.file ? "files" : "messages", bodyOf(draft));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401 && !isSecondTry) {
      await callbacks.renew();
      return forWhom === whose && send(draft, true);
    }
    return fail(draft, error);
  }
  // Somebody else is here now: their outbox is another.
  if (forWhom !== whose) return false;
  settle(draft);
  log.setState(draft.id, "sent");
  callbacks.sent();
  return true;
}

/**
 * @param {Draft} draft
 * @param {unknown} error
 */
function fail(draft, error) {
  const isFinal = error instanceof Refusal && !error.isPassing;
  log.setState(draft.id, "failed", () => again(draft));
  if (error instanceof Refusal) {
    callbacks.problem(error.message || say("problem"));
    if (error.retryAfter) setTimeout(flush, error.retryAfter * 1000);
  }
  // What will never be taken must not hold up the rest.
  if (isFinal) settle(draft);
  return isFinal;
}

/** @param {Draft} draft */
function again(draft) {
  callbacks.problem("");
  if (!drafts.includes(draft)) drafts.push(draft);
  save();
  flush();
}

/** @param {Draft} draft */
function settle(draft) {
  drafts = drafts.filter((other) => other !== draft);
  save();
}

/** A file is too large to keep: it lives as long as the page does. */
function save() {
  const kept = drafts.filter((draft) => !draft.file);
  keep(`outbox.${whose}`, kept.length ? kept : null);
}
