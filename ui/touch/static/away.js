// What is shown while the station does not answer: the emergency page, held ready in a frame, or only words until it is. It stays
// as long as something is open in it, whether or not the station is back by then.
const PAGE = "/emergency.html";
const LOOK_MS = 60_000;

let away;
let onChange;
let frame = null;
let coming = null;
let held = null;
let isHere = true;
let isOpen = false;

export function startAway(box, changed) {
  [away, onChange] = [box, changed];
  addEventListener("message", hear);
  setInterval(() => { if (isHere) renew(); }, LOOK_MS);
}

// `urgent` tells that an emergency was what it did not answer.
export function lost(urgent = false) {
  if (!isHere) return;
  isHere = false;
  tell(urgent ? "emergency" : "away");
  arrange();
}

// `first` tells that the connection is new: the station may have other content than before.
export function back(first) {
  isHere = true;
  arrange();
  if (first) renew();
}

export function isCovered() {
  return isOpen;
}

function arrange() {
  away.hidden = isHere && !isOpen;
}

function hear(event) {
  if (event.source === coming?.contentWindow) take();
  if (event.source !== frame?.contentWindow || isOpen === (event.data === "open")) return;
  isOpen = event.data === "open";
  arrange();
  onChange();
}

// A new page takes the place of the old one when it is whole: there is always one that works.
async function renew() {
  const asked = await fetch(PAGE, { method: "HEAD", cache: "no-store" }).catch(() => null);
  const etag = asked?.ok && asked.headers.get("ETag");
  if (!etag || etag === held || isOpen) return;
  coming?.remove();
  coming = document.createElement("iframe");
  coming.hidden = true;
  coming.dataset.etag = etag;
  coming.src = PAGE;
  away.append(coming);
}

function take() {
  if (isOpen) return coming.remove();
  frame?.remove();
  frame = coming;
  coming = null;
  frame.hidden = false;
  held = frame.dataset.etag;
  if (!isHere) tell("away");
}

function tell(what) {
  frame?.contentWindow.postMessage(what, location.origin);
}
