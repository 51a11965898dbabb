// @ts-check
// Files: which may be sent, and how received ones are shown. A file is fetched
// with the token in a header and shown from memory, so its address opens nothing.

import { request } from "./api.js";
import { config, element, say } from "./words.js";

const picker = /** @type {HTMLInputElement} */ (element("file"));
const SHOWN_BYTES = 4 * 1024 * 1024; // larger pictures wait to be asked for

/**
 * Return why a file cannot be sent, or "".
 * @param {File} file
 */
export function problemWith(file) {
  const name = file.name;
  const kind = name.includes(".") ? name.split(".").pop()?.toLowerCase() : "";
  if (file.size > config.file_bytes) {
    return say("too_large", { name, size: Math.floor(config.file_bytes / 1024 / 1024) });
  }
  if (!file.size) return say("empty_file", { name });
  return picker.accept.split(",").includes(`.${kind}`) ? "" : say("wrong_type", { name });
}

/**
 * Return a button that saves the file, with the picture in it if it is one.
 * @param {{id: string, name: string, type: string, size: number, local?: File}} file
 */
export function fileParts(file) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "said-file";
  button.textContent = file.name;
  if (file.local) {
    button.disabled = true;
    return button;
  }
  button.setAttribute("aria-label", say("download", { name: file.name }));
  button.addEventListener("click", () => save(file, button));
  if (file.type.startsWith("image/") && file.size <= SHOWN_BYTES) showPicture(file, button);
  return button;
}

/**
 * @param {{id: string, name: string}} file
 * @param {HTMLElement} button
 */
async function save(file, button) {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await fetchFile(file.id));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch {
    button.textContent = `${file.name}: ${say("file_failed")}`;
  }
}

/**
 * @param {{id: string, name: string}} file
 * @param {HTMLElement} button
 */
async function showPicture(file, button) {
  try {
    const image = document.createElement("img");
    image.className = "said-image";
    image.alt = file.name;
    image.src = URL.createObjectURL(await fetchFile(file.id));
    await image.decode();
    button.replaceChildren(image);
  } catch {
    // The name is there to be clicked.
  }
}

/** @param {string} id */
async function fetchFile(id) {
  const hyphened = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const response = await request(`files/${hyphened}`);
  return response.blob();
}
