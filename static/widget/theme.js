// @ts-check
// The site's color, and black or white upon it, whichever is easier to read.

/** @param {string} color "#4338ca" */
export function inkOn(color) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? "#000" : "#fff"; // equal contrast at 0.179 (WCAG 2.2)
}

/**
 * @param {string} color
 * @param {string} [theme] "light", "dark" or as the system
 */
export function applyColor(color, theme) {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (!/^#[0-9a-f]{6}$/i.test(color)) return;
  root.style.setProperty("--accent", color);
  root.style.setProperty("--on-accent", inkOn(color));
}
