// Content differs from shop to shop: a text that is too long for its place shrinks, then flows on without its breaths. What is
// called out stays large as long as it can.
const LEAST_PX = 28;
const LEAST_BAR_PX = 22;
const LEAST_CALLED_PX = 56;
const STEP = 0.96;

export function fit(root) {
  root.querySelectorAll("[data-fit]").forEach(fitted);
}

function fitted(box) {
  const place = () => `${box.clientWidth}x${box.clientHeight}:${box.textContent}`;
  if (box.dataset.jsFitted === place()) return;
  box.querySelectorAll("[data-line][data-js-hidden]").forEach((part) => part.removeAttribute("data-js-hidden"));
  box.removeAttribute("data-js-run-on");
  const least_px = box.matches(".sentence") ? LEAST_CALLED_PX : box.matches(".bar > *") ? LEAST_BAR_PX : LEAST_PX;
  shrink(box, least_px);
  if (overflows(box)) {
    box.setAttribute("data-js-run-on", "");
    shrink(box, least_px);
    if (overflows(box)) shrink(box, LEAST_PX);
  }
  box.dataset.jsFitted = place();
}

function shrink(box, least_px) {
  box.style.setProperty("--shrink", 1);
  const least = Math.min(1, least_px / largest(box));
  for (let factor = 1; overflows(box) && factor > least; ) {
    factor = Math.max(least, factor * STEP);
    box.style.setProperty("--shrink", factor);
  }
}

function overflows(box) {
  const breaths = box.hasAttribute("data-js-run-on") ? [] : [...box.querySelectorAll(".breath")];
  if (box.scrollHeight > box.clientHeight + 1 || breaths.some(split)) return true;
  return breaths.length ? breaths.some((breath) => juts_out(breath, box)) : box.scrollWidth > box.clientWidth + 1;
}

// A breath that takes more than one line is not said in one.
function split(breath) {
  return breath.offsetHeight > 1.7 * px(breath);
}

// The empty half of a sign at the end may hang over the edge.
function juts_out(breath, box) {
  const hangs_px = breath.classList.contains("hangs") ? px(breath) / 2 : 0;
  return breath.getBoundingClientRect().right - hangs_px > box.getBoundingClientRect().right + 1;
}

function largest(box) {
  return Math.max(...[box, ...box.querySelectorAll("h1, p, span, b")].map(px));
}

function px(part) {
  return parseFloat(getComputedStyle(part).fontSize);
}
