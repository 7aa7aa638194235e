// A number typed on the screen. It is kept in its own element, so that a new number is a new element, and handed in as a whole.
import { feel } from "./feel.js";
import { armed, send } from "./touch.js";

const MOST = 20;

export function startKeypad(root) {
  root.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) return;
    const button = event.target.closest("[data-key], [data-key-back], [data-key-done]");
    const number = root.querySelector("[data-number]");
    if (!button || !number) return;
    if ("key" in button.dataset) type(number, number.textContent + button.dataset.key);
    else if ("keyBack" in button.dataset) type(number, number.textContent.slice(0, -1));
    else if (!armed()) return;
    else send({ type: "enter_number", number: number.textContent || "-" });
    feel(button);
    ready(root);
  });
}

// Whether it is a number the station decides, and says so: a button that does nothing would not tell what to do.
export function ready(root) {
  const typed = /\d/.test(root.querySelector("[data-number]")?.textContent ?? "");
  root.querySelector("[data-key-done]")?.toggleAttribute("data-js-ready", typed);
}

function type(number, typed) {
  number.textContent = typed.slice(0, MOST);
}
