// Shows times in the browser's zone and keeps relative ones true, with one timer.
//   <time datetime="2026-11-24T09:12:00+00:00" data-time="ago|clock|day|date|moment|countdown">09:12</time>
// @ts-check

const lang = document.documentElement.lang || "en";
const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long" });
const date = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short" });

/** @param {number} seconds */
function ago(seconds) {
  for (const [unit, length] of /** @type {[string, number][]} */ ([["d", 86400], ["h", 3600], ["m", 60]])) {
    if (seconds >= length) return `${Math.floor(seconds / length)}${unit}`;
  }
  return "now";
}

/** @type {Record<string, (at: Date) => string>} */
const formats = {
  ago: (at) => ago((Date.now() - at.getTime()) / 1000),
  clock: (at) => clock.format(at),
  day: (at) => day.format(at),
  date: (at) => date.format(at),
  moment: (at) => `${date.format(at)}, ${clock.format(at)}`,
  countdown: (at) => `${Math.max(0, Math.ceil((at.getTime() - Date.now()) / 1000))} s`,
};

/** @param {Iterable<Element>} times */
function show(times) {
  for (const time of times) {
    const at = new Date(time.getAttribute("datetime") ?? "");
    const text = formats[time.getAttribute("data-time") ?? ""]?.(at);
    if (text && time.textContent !== text) time.textContent = text;
  }
}

const every = (/** @type {ParentNode} */ root) => show(root.querySelectorAll("time[data-time]"));

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.cookie = `time_zone=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;

every(document);
setInterval(() => show(document.querySelectorAll("time[data-time=countdown]")), 1000);
setInterval(() => every(document), 30000);
new MutationObserver((records) => {
  for (const node of records.flatMap((record) => [...record.addedNodes])) {
    if (node instanceof Element) every(node);
  }
}).observe(document.body, { childList: true, subtree: true });
