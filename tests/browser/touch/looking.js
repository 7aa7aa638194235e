// What a person with a ruler would measure on the screen: sizes, edges, gaps, contrast. Gives a list of complaints.
(kiosk) => {
  const LEAST_PX = 28, LEAST_BAR_PX = 22, LEAST_TARGET_PX = 88, LEAST_GAP_PX = 16, LEAST_CONTRAST = 7;
  const TARGETS = "[data-touch], [data-replay], [data-sign-clear], [data-sign-done], [data-key], [data-key-back], [data-key-done], button[data-turn-page]";
  const complaints = [];
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const all = [...kiosk.querySelectorAll("*")].filter(seen);
  const name = (element) => `${element.localName}.${element.className.baseVal ?? element.className} “${element.textContent.trim().slice(0, 16)}”`;
  const complain = (element, what) => complaints.push(`${name(element)}: ${what}`);
  const style = getComputedStyle;

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth || page.scrollHeight > page.clientHeight) complaints.push("the page scrolls");

  const frame = kiosk.getBoundingClientRect();
  for (const element of all) {
    const box = element.getBoundingClientRect();
    if (!box.width || element.closest("svg")) continue;
    const hangs = element.classList.contains("hangs") ? parseFloat(style(element).fontSize) / 2 : 0;
    const outside = Math.max(frame.left - box.left, frame.top - box.top, box.right - hangs - frame.right, box.bottom - frame.bottom);
    if (outside > 1) complain(element, `${outside.toFixed(0)} px outside the screen`);
  }

  for (const element of all) {
    if (style(element).overflow !== "hidden" || element.matches(".station, .chip, .view, .target, .paper")) continue;
    const hanging = element.querySelector(".hangs") ? parseFloat(style(element).fontSize) / 2 : 0;
    const wider = element.scrollWidth - element.clientWidth - hanging;
    const taller = element.scrollHeight - element.clientHeight;
    if (wider > 2) complain(element, `${wider.toFixed(0)} px too wide for its place`);
    if (taller > 2) complain(element, `${taller.toFixed(0)} px too tall for its place`);
  }

  const texts = all.filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  for (const text of texts) {
    const size = parseFloat(style(text).fontSize);
    const least = text.closest(".bar") ? LEAST_BAR_PX : LEAST_PX;
    if (size < least - 0.01) complain(text, `${size.toFixed(1)} px small`);
    if (text.closest(".says .sentence") && size < 55.9) complain(text, `is called out in ${size.toFixed(1)} px`);
    const ratio = contrast(colour(text), ground(text));
    if (ratio < LEAST_CONTRAST) complain(text, `contrast ${ratio.toFixed(1)}`);
  }

  for (const text of texts.filter((element) => !element.closest(".late"))) {
    const [line] = text.getClientRects();
    for (const down of [0.5, 0.75]) {
      const hit = document.elementFromPoint(line.left + line.width / 2, line.top + line.height * down);
      const apart = hit && !hit.contains(text) && !text.contains(hit) && text.closest("li, p, h1, button") !== hit.closest("li, p, h1, button");
      const covers = apart && !hit.closest(".asks, canvas");
      if (covers) complain(text, `is covered by ${name(hit)}`);
    }
  }

  // Where a press anywhere counts, the whole of it is no target that a finger could miss.
  const targets = all.filter((element) => element.matches(TARGETS) && !element.matches(".asks") && !element.disabled);
  for (const [index, target] of targets.entries()) {
    const box = target.getBoundingClientRect();
    if (Math.min(box.width, box.height) < LEAST_TARGET_PX - 0.5) complain(target, `${box.width.toFixed(0)} × ${box.height.toFixed(0)} px to touch`);
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!target.contains(hit) && !hit?.closest(".asks")) complain(target, `is covered by ${name(hit)}`);
    for (const other of targets.slice(index + 1)) {
      const next = other.getBoundingClientRect();
      const across = Math.max(next.left - box.right, box.left - next.right);
      const down = Math.max(next.top - box.bottom, box.top - next.bottom);
      const gap = Math.max(across, down);
      if (gap < LEAST_GAP_PX - 0.5) complain(target, `${gap.toFixed(0)} px beside ${name(other)}`);
    }
  }
  return complaints;

  function rgba(words) {
    const [red, green, blue, alpha = 1] = words.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  }

  function over(top, below) {
    const mixed = (part) => top[part] * top.alpha + below[part] * (1 - top.alpha);
    return { red: mixed("red"), green: mixed("green"), blue: mixed("blue"), alpha: 1 };
  }

  function ground(element) {
    if (!element) return { red: 255, green: 255, blue: 255, alpha: 1 };
    const own = rgba(style(element).backgroundColor);
    return own.alpha === 1 ? own : over(own, ground(element.parentElement));
  }

  function colour(element) {
    return over(rgba(style(element).color), ground(element));
  }

  // WCAG 2.2, relative luminance and contrast ratio.
  function luminance({ red, green, blue }) {
    const linear = (part) => { const value = part / 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
}
