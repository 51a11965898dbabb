// @ts-check
// Asks an anonymous visitor, after their first message, for a mail address. What
// they type is kept as a claim: it proves nothing and shows nothing.
//   <form id="reach" hidden><input id="email"><p id="email-problem"></p></form>

import { Refusal, post } from "./api.js";
import * as composer from "./composer.js";
import { keep, recall } from "./store.js";
import { element, say } from "./words.js";

const form = /** @type {HTMLFormElement} */ (element("reach"));
const input = /** @type {HTMLInputElement} */ (element("email"));
const problem = element("email-problem");

let visitor = "";
let isWanted = false;

/**
 * @param {string} key of the visitor
 * @param {boolean} wanted there is no address yet
 */
export function open(key, wanted) {
  visitor = key;
  isWanted = wanted && !recall(`reach.${key}`);
  form.hidden = true;
}

/** Ask now, if there is still something to ask. */
export function ask() {
  if (isWanted) form.hidden = false;
}

export function wire() {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain("");
    try {
      const { email } = await post("email", { email: input.value });
      done();
      composer.tell(say("email_saved", { email }), "done");
    } catch (error) {
      complain((error instanceof Refusal && error.message) || say("problem"));
      input.focus();
    }
  });
  element("reach-skip").addEventListener("click", done);
}

function done() {
  isWanted = false;
  keep(`reach.${visitor}`, true);
  form.hidden = true;
  composer.focus();
}

/** @param {string} sentence */
function complain(sentence) {
  problem.textContent = sentence;
  input.toggleAttribute("aria-invalid", false);
  if (sentence) input.setAttribute("aria-invalid", "true");
}
