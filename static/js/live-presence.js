// Says who else is at the open conversation, who writes, and tells them that we write.
//   <div id="viewers"></div> <div id="presence"></div> <p id="customer-typing" hidden></p>
//   <desk-live data-viewing="{name} is viewing" data-replying="{name} is replying" data-noting="…" data-typing="…">
// @ts-check

const TYPING_EVERY = 2500; // milliseconds
const TYPING_ENDS = 6000;

/** @typedef {{id: number, name: string, initials: string, state: "viewing" | "noting" | "replying"}} Person */
/** @typedef {(frame: object) => void} Say */

/** @type {Person[]} */
let there = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnds;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let customerEnds;
let saidAt = 0;

const words = () => /** @type {HTMLElement | null} */ (document.querySelector("desk-live"))?.dataset ?? {};
const me = () => Number(/** @type {HTMLElement | null} */ (document.querySelector(".desk"))?.dataset.user);

/** @param {Person[]} people */
export function present(people) {
  there = people.filter((person) => person.id !== me());
  clearTimeout(typingEnds);
  if (there.some((person) => person.state !== "viewing")) typingEnds = setTimeout(calm, TYPING_ENDS);
  show();
}

function calm() {
  there = there.map((person) => ({ ...person, state: "viewing" }));
  show();
}

/** Draws again after the header was replaced. */
export function show() {
  const viewers = document.getElementById("viewers");
  const bar = document.getElementById("presence");
  const sentence = (/** @type {Person} */ person) => (words()[person.state] ?? "").replace("{name}", person.name);
  if (viewers && viewers.childElementCount + there.length > 0) viewers.replaceChildren(...there.map((person) => avatar(person, sentence(person))));
  const writing = there.filter((person) => person.state !== "viewing");
  const text = (writing.length ? there : []).map(sentence).join(" · ");
  if (bar && bar.textContent !== text) bar.textContent = text;
}

/** @param {Person} person @param {string} title */
function avatar(person, title) {
  const element = document.createElement("span");
  element.className = "avatar";
  Object.assign(element.dataset, { size: "small", color: String(person.id % 6), state: person.state });
  element.textContent = person.initials;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", title);
  element.title = title;
  return element;
}

/** @param {string} name */
export function customerTypes(name) {
  const place = document.getElementById("customer-typing");
  if (!place) return;
  place.textContent = (words().typing ?? "").replace("{name}", name);
  place.hidden = false;
  clearTimeout(customerEnds);
  customerEnds = setTimeout(customerWrote, TYPING_ENDS);
}

export function customerWrote() {
  const place = document.getElementById("customer-typing");
  if (place) place.hidden = true;
}

/** @param {Say} say @param {AbortSignal} signal */
export function tellTyping(say, signal) {
  document.addEventListener("input", (event) => {
    const text = event.target;
    if (!(text instanceof HTMLTextAreaElement) || text.name !== "text" || !text.form) return;
    const kind = new FormData(text.form).get("kind");
    if (!text.value) stop(say, kind);
    else if (Date.now() - saidAt > TYPING_EVERY) {
      saidAt = Date.now();
      say({ type: "typing", kind, on: true });
    }
  }, { signal });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches(".composer")) stop(say, new FormData(form).get("kind"));
  }, { signal });
}

/** @param {Say} say @param {FormDataEntryValue | null} kind */
function stop(say, kind) {
  if (saidAt) say({ type: "typing", kind, on: false });
  saidAt = 0;
}
