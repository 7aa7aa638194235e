// Speaks the sentences of a scene one after the other, and shows which beat or line is being spoken. Sound never holds
// anybody up: without a clip, a loudspeaker or permission the sentences pass silently in the same time.
import { feel } from "./feel.js";

const WATCHDOG_MS = 3000;

let kiosk;
let arrange;
let scene = "";
let speech = [];
let now = -1;
let cut = 0;
let playing = null;
let run = 0;
let speaker = false;
let audio = null;
let turn = null;

export function startVoice(root, onMoved) {
  [kiosk, arrange] = [root, onMoved];
  turn = ourTurn();
  navigator.mediaDevices?.addEventListener("devicechange", lookForSpeaker);
  lookForSpeaker();
  root.addEventListener("pointerdown", (event) => {
    if (hint() === "asks") hint("");
    const button = event.target.closest("[data-replay]");
    if (!button || !event.isPrimary) return;
    feel(button);
    begin();
  });
}

// A sentence within a scene (after the # of its name) interrupts it; then the scene goes on where it was cut off, or from its
// beginning after a ##.
export function speak(newScene, sentences) {
  if (newScene === scene) return;
  const within = whole(newScene) === whole(scene);
  if (!within) cut = 0;
  else if (scene === whole(scene)) cut = now;
  [scene, speech] = [newScene, sentences];
  if (within && scene === whole(scene)) goOn();
  else begin();
}

function whole(name) {
  return name.includes("##") ? name : name.split("#")[0];
}

// Of several open pages only one speaks: the first, and the next when that one is closed.
function ourTurn() {
  const speaking = () => { speaker = true; return new Promise(() => {}); };
  return new Promise((known) => {
    navigator.locks.request("voice", { ifAvailable: true }, (free) => {
      known();
      return free && speaking();
    }).then(() => navigator.locks.request("voice", speaking));
  });
}

function begin() {
  audio?.pause();
  sequence(++run, 0);
}

async function goOn() {
  const mine = ++run;
  now = cut;
  arrange();
  await playing;
  if (mine === run) sequence(mine, cut);
}

async function sequence(mine, from) {
  await turn;
  for (now = from; now < speech.length; now++) {
    arrange();
    playing = one(speech[now], speech[now + 1]);
    await playing;
    if (mine !== run) return;
  }
  arrange();
}

function one(sentence, next) {
  const silent = () => new Promise((done) => setTimeout(done, sentence.duration_s * 1000));
  if (!sentence.url || !speaker) return silent();
  return new Promise((done) => {
    audio = new Audio(sentence.url);
    const mine = audio;
    setTimeout(done, sentence.duration_s * 1000 + WATCHDOG_MS);
    mine.onended = mine.onerror = done;
    mine.onpause = () => { if (!mine.ended) done(); };
    mine.play().catch((error) => {
      if (error.name === "NotAllowedError") hint("asks");
      if (error.name !== "AbortError") silent().then(done);
    });
    if (next?.url) new Audio(next.url).preload = "auto";
  });
}

// Shows where the voice is: attributes named data-js-… on beats, lines and choices.
export function mark() {
  const current = speech[now];
  const over = now >= speech.length;
  const said = speech.slice(0, Math.max(now, 0));
  for (const line of kiosk.querySelectorAll("[data-line]")) {
    const index = Number(line.dataset.line);
    line.toggleAttribute("data-js-current", current?.line === index);
    line.toggleAttribute("data-js-said", over || said.some((sentence) => sentence.line === index));
  }
  const drill = kiosk.querySelector(".drill");
  if (drill) markBeat(drill, over ? speech.findLast((sentence) => sentence.beat)?.beat : current?.beat);
}

function markBeat(drill, beat) {
  if (!speech.length) return unmark(drill);
  if (!beat) return;
  drill.dataset.jsBeat = beat;
  let past = true;
  for (const tile of drill.querySelectorAll("[data-beat-of]")) {
    const isNow = tile.dataset.beatOf === beat;
    if (isNow) past = false;
    tile.toggleAttribute("data-js-current", isNow);
    tile.toggleAttribute("data-js-said", past);
  }
}

// Where nothing is said no beat is the one of now.
function unmark(drill) {
  delete drill.dataset.jsBeat;
  for (const tile of drill.querySelectorAll("[data-beat-of]")) {
    for (const mark of ["data-js-current", "data-js-said"]) tile.removeAttribute(mark);
  }
}

async function lookForSpeaker() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const found = devices.some((device) => device.kind === "audiooutput");
  if (!found) hint("silent");
  else if (hint() === "silent") hint("");
}

function hint(kind) {
  if (kind === undefined) return kiosk.dataset.jsHint ?? "";
  kiosk.dataset.jsHint = kind;
  const chip = document.getElementById("sound");
  chip.toggleAttribute("data-js-shown", kind !== "");
  chip.textContent = { asks: kiosk.dataset.sound, silent: kiosk.dataset.silent }[kind] ?? "";
  return kind;
}
