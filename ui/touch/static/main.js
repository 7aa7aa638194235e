// Puts the pieces together: what arrives from the station is drawn, spoken and made touchable.
import { back, isCovered, lost, startAway } from "./away.js";
import { startCamera } from "./camera.js";
import { startClock, tick } from "./clock.js";
import { fit } from "./fit.js";
import { placeSpot } from "./hotspot.js";
import { ready, startKeypad } from "./keypad.js";
import { startTurning, turnable } from "./pages.js";
import { patch } from "./patch.js";
import { startSigning } from "./sign.js";
import { listen } from "./stream.js";
import { sound } from "./tones.js";
import { changed, takeTouches } from "./touch.js";
import { mark, speak, startVoice } from "./voice.js";

const kiosk = document.getElementById("kiosk");
let version = -1;
let cue = "";
let latest = null;

// `first` tells that the connection is new: a station that was started again counts its versions from 0 again.
function show(screen, first = false) {
  if (screen.version <= version && !first) return;
  version = screen.version;
  back(first);
  const before = kiosk.dataset.turn;
  patch(kiosk, screen.html);
  Object.assign(kiosk.dataset, {
    signal: screen.signal, template: screen.template, turn: screen.turn, scene: screen.scene, version,
  });
  if (String(screen.turn) !== before) changed();
  arrange();
  if (screen.cue !== cue) sound(screen.tone);
  cue = screen.cue;
  latest = screen;
  voice();
}

// One voice at a time: what is open over the screen has its own.
function voice() {
  if (isCovered()) speak("", []);
  else if (latest) speak(latest.scene, latest.speech);
}

function arrange() {
  tick();
  fit(kiosk);
  turnable(kiosk);
  placeSpot(kiosk);
  ready(kiosk);
  mark();
}

startClock(kiosk, lost);
startVoice(kiosk, arrange);
startAway(document.getElementById("away"), voice);
startCamera(kiosk);
takeTouches(kiosk, show, lost);
startSigning(kiosk);
startKeypad(kiosk);
startTurning(kiosk);
new ResizeObserver(arrange).observe(kiosk);
document.fonts.ready.then(arrange);
listen(show, lost);
