// Takes a toast away after a while, but never while someone looks at it.
//   <div id="toasts"><div class="toast"><span>…</span><button class="toast-close"></button></div></div>
// @ts-check

const SHOWN = 8000; // milliseconds; longer while it has the pointer or the focus

const place = document.getElementById("toasts");

/** @param {Element} toast */
function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(() => leave(toast), 1000);
  else toast.remove();
}

function watch() {
  for (const toast of place?.querySelectorAll(".toast:not([data-watched])") ?? []) {
    toast.setAttribute("data-watched", "");
    setTimeout(() => leave(toast), SHOWN);
  }
}

if (place) {
  new MutationObserver(watch).observe(place, { childList: true });
  watch();
  place.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(".toast-close, .toast-action")) setTimeout(() => target.closest(".toast")?.remove());
  });
}
