// Lists that do not fit are turned like pages, by a finger or by the voice; nothing ever scrolls. The finger may come down
// anywhere on what is marked data-turn-page; what is marked data-more says that there is more. A screen has one list at most.
import { feel } from "./feel.js";

const pages = new WeakMap();

export function turnable(root) {
  root.querySelectorAll("[data-pages]").forEach(layOut);
}

export function startTurning(root) {
  root.addEventListener("pointerdown", (event) => {
    const place = event.target.closest("[data-turn-page]");
    if (place && event.isPrimary) turn(place);
  });
}

function layOut(list) {
  const items = itemsOf(list);
  const page = pages.get(list) ?? { start: 0, spoken: -1 };
  const spoken = items.findIndex((item) => item.hasAttribute("data-js-current"));
  // The voice turns the page once, when it comes to a line that is not shown; from then on the finger decides.
  if (spoken !== page.spoken && spoken >= 0 && items[spoken].hasAttribute("data-js-hidden")) page.start = spoken;
  page.spoken = spoken;
  page.end = show(list, items, page.start);
  pages.set(list, page);
}

function show(list, items, start) {
  const more = document.querySelector("[data-more]");
  const overflows = () => list.scrollHeight > list.clientHeight + 2;
  more?.toggleAttribute("data-js-hidden", start === 0);
  list.toggleAttribute("data-js-paged", start > 0);
  items.forEach((item, index) => item.toggleAttribute("data-js-hidden", index < start));
  list.toggleAttribute("data-js-paged", start > 0 || overflows());
  let end = items.length;
  while (end > start + 1 && overflows()) {
    items[--end].setAttribute("data-js-hidden", "");
    more?.removeAttribute("data-js-hidden");
  }
  return end;
}

function turn(place) {
  const list = document.querySelector("[data-pages]");
  const page = pages.get(list);
  const total = itemsOf(list).length;
  if (page.start === 0 && page.end === total) return;
  feel(place);
  page.start = page.end < total ? page.end : 0;
  layOut(list);
}

function itemsOf(list) {
  return [...list.children].filter((item) => "line" in item.dataset);
}
