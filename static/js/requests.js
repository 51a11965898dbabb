// What holds for every request of htmx: failures are said, parts of the past are dropped.
//   <div id="toasts" data-failed="…" data-offline="…"></div>
// @ts-check

/** @param {string | undefined} text */
function say(text) {
  const toasts = document.getElementById("toasts");
  if (!toasts || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.tone = "error";
  toast.append(Object.assign(document.createElement("span"), { textContent: text }));
  toasts.replaceChildren(toast);
}

const words = () => document.getElementById("toasts")?.dataset ?? {};

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  // The session is over: the answer is the sign-in page, which belongs into no pane.
  if (ctx.response.raw.redirected && !ctx.response.raw.url.includes("/console/")) {
    event.preventDefault();
    location.assign(location.href);
  }
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const { status } = ctx.response ?? {};
  // An error page is a page; only a refused form (409, 422) brings parts to place.
  if (status >= 400 && status !== 409 && status !== 422) {
    event.preventDefault();
    say(status === 404 ? words().gone : words().failed);
  }
});

document.addEventListener("htmx:error", () => say(words().offline));
