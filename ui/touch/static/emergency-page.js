// What to do in an emergency, without a station. Opened from the disk, this page asks the station and goes on to it; held behind
// the live page, it is shown when the station is gone. It never goes from under a finger: first nothing may be open any more.
import { feel } from "./feel.js";
import { fit } from "./fit.js";
import { startTurning, turnable } from "./pages.js";

const FIRST = "scene:first";
const HELD = "scene:held";
const SIGNS = "scene:signs";
const SEEN_MS = 300;
const ASK_MS = 1000;
const ANSWER_MS = 3000;
const PAUSE_MS = 250;
const WAKE_MS = 300;
const LATE_MS = 30_000;

const kiosk = document.getElementById("kiosk");
const station = document.documentElement.dataset.station;
const sounds = JSON.parse(document.getElementById("sounds").textContent);
const held = parent !== window;

let shown = FIRST;
let since_ms = performance.now();
let speech = [];
let line = -1;
let run = 0;
let context = null;
let playing = null;

function show(name) {
  shown = name;
  const scene = document.getElementById(name === FIRST && held ? HELD : name);
  kiosk.replaceChildren(scene.content.cloneNode(true));
  kiosk.dataset.template = scene.dataset.template;
  kiosk.dataset.signal = scene.dataset.signal;
  rest();
  say(JSON.parse(scene.dataset.speech));
  if (held) tell(name === FIRST ? "closed" : "open");
  else if (name !== FIRST) stop();  // what was being gone on to
}

function arrange() {
  for (const part of kiosk.querySelectorAll("[data-line]")) {
    part.toggleAttribute("data-js-current", Number(part.dataset.line) === line);
  }
  fit(kiosk);
  turnable(kiosk);
}

// A second tap of the same finger must not land on what it has opened.
function rest() {
  delete kiosk.dataset.jsArmed;
  clearTimeout(rest.timer);
  rest.timer = setTimeout(() => { kiosk.dataset.jsArmed = ""; }, SEEN_MS);
}

function press(target) {
  const button = target.closest("[data-touch], [data-replay]");
  if (!button || !("jsArmed" in kiosk.dataset)) return;
  feel(button);
  if ("replay" in button.dataset) say(speech);
  else show(button.dataset.touch);
}

// Each sentence has its time whether or not it can be heard.
async function say(sentences) {
  const mine = ++run;
  playing?.stop();
  playing = null;
  speech = sentences;
  for (const [index, sentence] of sentences.entries()) {
    line = sentence.line;
    arrange();
    const lasts_s = await sound(sounds[sentence.text], index === 0, () => mine === run).catch(() => 0);
    if (mine !== run) return;
    await passed((lasts_s || sentence.s) * 1000 + PAUSE_MS);
    if (mine !== run) return;
  }
  line = -1;
  arrange();
}

// Begins to play and returns how long it takes; 0 for silence. A loudspeaker that was silent swallows how a sound begins.
async function sound(clip, wakes, isWanted) {
  if (!clip || !await awake()) return 0;
  const samples = await unpacked(clip.data);
  if (!isWanted()) return 0;
  const lead_s = wakes ? clip.lead_s : 0;
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: clip.rate_hz });
  buffer.copyToChannel(samples, 0);
  playing = new AudioBufferSourceNode(context, { buffer });
  playing.connect(context.destination);
  playing.start(context.currentTime + lead_s);
  return lead_s + clip.s;
}

async function awake() {
  context ??= new AudioContext();
  if (context.state !== "running") await Promise.race([context.resume(), passed(WAKE_MS)]);
  return context.state === "running";
}

async function unpacked(data) {
  const packed = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return Float32Array.from(new Uint8Array(await new Response(stream).arrayBuffer()), (sample) => (sample - 128) / 128);
}

function passed(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

// The answer cannot be read from here, only that there is one.
async function goOn() {
  const asked = { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) };
  const isThere = await fetch(`${station}healthz`, asked).then(() => true, () => false);
  if (isThere && shown === FIRST) location.replace(station);
  setTimeout(goOn, ASK_MS);
}

function late() {
  kiosk.toggleAttribute("data-js-late", performance.now() - since_ms > LATE_MS);
}

function hear(what) {
  since_ms = performance.now();
  if (what === "emergency" && shown === FIRST) show(SIGNS);
}

function tell(what) {
  parent.postMessage(what, location.origin);
}

addEventListener("pointerdown", (event) => { if (event.isPrimary) press(event.target); });
// A keyboard's Enter, for who has no touch screen; the finger's own click has a detail.
addEventListener("click", (event) => { if (event.detail === 0) press(event.target); });
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("message", (event) => { if (held && event.source === parent) hear(event.data); });
new ResizeObserver(arrange).observe(kiosk);
document.fonts.ready.then(arrange);
startTurning(kiosk);
setInterval(late, ASK_MS);
show(FIRST);
if (!held) goOn();
