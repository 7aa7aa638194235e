// The signature: strokes in a field of 1000 by 400, each a row of x, y and milliseconds since the first touch.
import { feel } from "./feel.js";
import { armed, send } from "./touch.js";

const [WIDTH, HEIGHT] = [1000, 400];
const LEAST_APART = 3;
const LEAST_POINTS = 8;
const MOST_NUMBERS = 29_000;

let strokes = [];
let pen = null;
let began_ms = 0;

export function startSigning(root) {
  root.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) return;
    const canvas = event.target.closest("[data-sign]");
    if (canvas) down(canvas, event);
    const clear = event.target.closest("[data-sign-clear]");
    if (clear) { feel(clear); wipe(root); }
    const done = event.target.closest("[data-sign-done]");
    if (done) hand_in(done, root);
  });
  root.addEventListener("pointermove", (event) => pen === event.pointerId && move(event));
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, (event) => { if (pen === event.pointerId) lift(root); });
  }
}

function down(canvas, event) {
  if (!canvas.dataset.jsSheet) fresh(canvas);
  if (!strokes.length) began_ms = event.timeStamp;
  pen = event.pointerId;
  canvas.setPointerCapture(pen);
  strokes.push([]);
  canvas.parentElement.dataset.jsSigned = "";
  add(canvas, event);
}

// A canvas without this mark is a new sheet of paper: nobody's strokes are on it yet.
function fresh(canvas) {
  strokes = [];
  canvas.dataset.jsSheet = "1";
  canvas.width = canvas.clientWidth * devicePixelRatio;
  canvas.height = canvas.clientHeight * devicePixelRatio;
}

function move(event) {
  const canvas = event.target.closest("[data-sign]");
  if (canvas) for (const point of event.getCoalescedEvents?.() ?? [event]) add(canvas, point);
}

function add(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const x = whole((event.clientX - box.left) / box.width, WIDTH);
  const y = whole((event.clientY - box.top) / box.height, HEIGHT);
  const stroke = strokes.at(-1);
  const [lastX, lastY] = stroke.slice(-3);
  if (stroke.length && Math.hypot(x - lastX, y - lastY) < LEAST_APART) return;
  if (strokes.flat().length > MOST_NUMBERS) return;
  stroke.push(x, y, Math.max(0, Math.round(event.timeStamp - began_ms)));
  draw(canvas, stroke);
}

function whole(fraction, size) {
  return Math.round(Math.min(1, Math.max(0, fraction)) * size);
}

function draw(canvas, stroke) {
  const ink = canvas.getContext("2d");
  const [sx, sy] = [canvas.width / WIDTH, canvas.height / HEIGHT];
  const [x, y] = stroke.slice(-3);
  const [fromX, fromY] = stroke.length > 3 ? stroke.slice(-6, -3) : [x, y];
  Object.assign(ink, { lineWidth: 9 * sx, lineCap: "round", strokeStyle: "#10161e" });
  ink.beginPath();
  ink.moveTo(fromX * sx, fromY * sy);
  ink.lineTo(x * sx + 0.1, y * sy);
  ink.stroke();
}

function lift(root) {
  pen = null;
  const enough = strokes.flat().length >= 3 * LEAST_POINTS;
  root.querySelector("[data-sign-done]")?.toggleAttribute("data-js-ready", enough);
}

function wipe(root) {
  const canvas = root.querySelector("[data-sign]");
  fresh(canvas);
  delete canvas.parentElement.dataset.jsSigned;
  lift(root);
}

// Whether it is a name the station decides, and says so: a button that does nothing would not tell what to do.
function hand_in(button, root) {
  const canvas = root.querySelector("[data-sign]");
  if (!canvas.dataset.jsSheet || !strokes.length || !armed()) return;
  feel(button);
  send({ type: "sign", strokes });
}
