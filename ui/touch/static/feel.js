// A finger must see at once that it was felt.
const PRESSED_MS = 160;

export function feel(element) {
  element.dataset.jsPressed = "";
  setTimeout(() => delete element.dataset.jsPressed, PRESSED_MS);
}
