// @ts-check
// Where the visitor writes: Enter sends, Shift+Enter breaks the line; files come
// by the picker, by pasting, or by dropping them anywhere.
//   <form id="composer"><textarea id="text"></textarea><input id="file" type="file"></form>

import { problemWith } from "./files.js";
import { element } from "./words.js";

const TYPING_EVERY = 2_500; // milliseconds

const form = /** @type {HTMLFormElement} */ (element("composer"));
const text = /** @type {HTMLTextAreaElement} */ (element("text"));
const picker = /** @type {HTMLInputElement} */ (element("file"));
const drop = element("drop");
const notice = element("notice");

/**
 * @param {{onText: (text: string) => void, onFile: (file: File) => void, onTyping: () => void}} callbacks
 */
export function wire({ onText, onFile, onTyping }) {
  // Written before these scripts were here, a message would be lost to a reload.
  text.disabled = false;
  /** @type {HTMLButtonElement} */ (element("send")).disabled = false;

  let typedAt = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = text.value.trim();
    tell("");
    text.focus();
    if (!said) return;
    text.value = "";
    onText(said);
  });

  text.addEventListener("keydown", (event) => {
    // An input method uses Enter to choose a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  text.addEventListener("input", () => {
    if (Date.now() - typedAt < TYPING_EVERY) return;
    typedAt = Date.now();
    onTyping();
  });

  /** @param {Iterable<File>} files */
  function take(files) {
    tell("");
    for (const file of files) {
      const problem = problemWith(file);
      if (problem) tell(problem);
      else onFile(file);
    }
  }

  picker.addEventListener("change", () => {
    take([...(picker.files || [])]);
    picker.value = "";
  });

  text.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });

  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.hidden = !event.dataTransfer?.types.includes("Files");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.hidden = true;
    take([...(event.dataTransfer?.files || [])]);
  });
}

/**
 * Say what went wrong, or what is done, above the composer. "" takes it back.
 * @param {string} sentence
 */
export function tell(sentence, kind = "problem") {
  notice.textContent = sentence;
  notice.dataset.kind = kind;
}

export function focus() {
  text.focus();
}

/** @param {string} words */
export function prefill(words) {
  text.value = words;
  focus();
}
