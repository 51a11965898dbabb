// @ts-check
// What the visitor wrote and the server has not confirmed. It is kept in the
// browser, sent in order, and the server takes each id once: sending again is safe.

import { Refusal, post } from "./api.js";
import * as log from "./log.js";
import { keep, recall } from "./store.js";
import { newId, say } from "./words.js";

/** @typedef {{id: string, text?: string, wish?: string, page?: string, file?: File}} Draft */

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
  for (const draft of drafts) showDraft(draft);
}

/** @param {Omit<Draft, "id">} said */
export function add(said) {
  const draft = { id: newId(), ...said };
  drafts.push(draft);
  save();
  showDraft(draft);
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
    await (draft.file ? post("files", formOf(draft)) : post("messages", draft));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401 && !isSecondTry) {
      await callbacks.renew();
      return forWhom === whose && send(draft, true);
    }
    return fail(draft, error);
  }
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
  const refused = error instanceof Refusal && !error.isPassing;
  log.setState(draft.id, "failed", () => again(draft));
  if (error instanceof Refusal) {
    callbacks.problem(error.message || say("problem"));
    if (error.retryAfter) setTimeout(flush, error.retryAfter * 1000);
  }
  // What will never be taken must not hold up the rest.
  if (refused) settle(draft);
  return refused;
}

/** @param {Draft} draft */
function again(draft) {
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

/** @param {Draft} draft */
function formOf(draft) {
  const form = new FormData();
  form.append("id", draft.id);
  if (draft.file) form.append("file", draft.file);
  return form;
}

/** @param {Draft} draft */
function showDraft(draft) {
  const { file } = draft;
  log.showPending({
    id: `mine-${draft.id}`,
    kind: "message",
    client_id: draft.id,
    author: { kind: "you", name: "" },
    text: draft.text || "",
    files: file ? [{ id: "", name: file.name, type: file.type, size: file.size, local: file }] : [],
    at: new Date().toISOString(),
    order: String(performance.now()).padStart(20, "0"),
  });
}
