// A touch counts on press. One at a time, and not before the finger could have seen the screen it touches.
import { feel } from "./feel.js";

const SEEN_MS = 300;
const URGENT_MS = 3000;

let busy = false;
let kiosk;
let show;
let lost;

export function takeTouches(root, onScreen, onLost) {
  [kiosk, show, lost] = [root, onScreen, onLost];
  changed();
  root.addEventListener("pointerdown", (event) => {
    const button = event.target.closest("[data-touch]");
    if (button && event.isPrimary) press(button);
  });
  // A keyboard's Enter, for who has no touch screen; the finger's own click has a detail.
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-touch]");
    if (button && event.detail === 0) press(button);
  });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
}

// The screen has changed: a second tap of the same finger must not land on it.
export function changed() {
  delete kiosk.dataset.jsArmed;
  clearTimeout(changed.timer);
  changed.timer = setTimeout(() => { kiosk.dataset.jsArmed = ""; }, SEEN_MS);
}

export function armed() {
  return !busy && isSeen();
}

// What is urgent waits for no other touch that a station has not answered.
function press(button) {
  const touch = JSON.parse(button.dataset.touch);
  if (!(isUrgent(touch) ? isSeen() : armed())) return;
  feel(button);
  send(touch);
}

function isUrgent(touch) {
  return touch.type === "emergency";
}

function isSeen() {
  return "jsArmed" in kiosk.dataset;
}

export async function send(touch) {
  const urgent = isUrgent(touch);
  busy = true;
  try {
    const answer = await fetch("/touch", {
      method: "POST",
      signal: urgent ? AbortSignal.timeout(URGENT_MS) : null,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ turn: Number(kiosk.dataset.turn), touch }),
    });
    if (answer.ok) show(await answer.json());
  } catch {
    lost(urgent);
  } finally {
    busy = false;
  }
}
