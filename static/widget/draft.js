// @ts-check
// One message on its way: what is posted, and how it looks before the server has it.

/** @typedef {{id: string, text?: string, wish?: string, page?: string, file?: File}} Draft */

/** @param {Draft} draft */
export function bodyOf(draft) {
  if (!draft.file) return draft;
  const form = new FormData();
  form.append("id", draft.id);
  form.append("file", draft.file);
  return form;
}

/**
 * @param {Draft} draft
 * @returns {import("./bubble.js").Item}
 */
export function itemOf({ id, text, file }) {
  return {
    id: `mine-${id}`,
    kind: "message",
    client_id: id,
    author: { kind: "you", name: "" },
    text: text || "",
    files: file ? [{ id: "", name: file.name, type: file.type, size: file.size, local: file }] : [],
    at: new Date().toISOString(),
    order: String(performance.now()).padStart(20, "0"),
  };
}
