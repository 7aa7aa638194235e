// A screen to look at: everything in its place, the beats and lines as they come one after the other, and nothing to send.
import { fit } from "./fit.js";
import { placeSpot } from "./hotspot.js";
import { turnable } from "./pages.js";

const SPOKEN_MS = 2200;
const BEATS = ["think", "look", "point", "call"];
const kiosk = document.getElementById("kiosk");
const drill = kiosk.querySelector(".drill");
const lines = [...kiosk.querySelectorAll("[data-line]")];
let now = 0;

function arrange() {
  fit(kiosk);
  turnable(kiosk);
  placeSpot(kiosk);
}

function mark() {
  if (drill) {
    drill.setAttribute("data-js-ready", "");
    drill.dataset.jsBeat = BEATS[now % BEATS.length];
    kiosk.querySelectorAll("[data-beat-of]").forEach((tile, index) => {
      tile.toggleAttribute("data-js-current", index === now % BEATS.length);
      tile.toggleAttribute("data-js-said", index < now % BEATS.length);
    });
  }
  lines.forEach((line) => line.toggleAttribute("data-js-current", Number(line.dataset.line) === now % lines.length));
  arrange();
  now += 1;
}

// Only to look at: a finger in here does nothing.
addEventListener("pointerdown", (event) => event.stopImmediatePropagation(), { capture: true });
new ResizeObserver(arrange).observe(kiosk);
document.fonts.ready.then(mark);
setInterval(mark, SPOKEN_MS);
