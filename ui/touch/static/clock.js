// Everything that moves with time alone: the clock on the wall, what is left of a countdown, the end of a dwell, the sentence
// of the hour. Deadlines are on the station's monotonic clock, whose time this page was given when it was drawn.
const STEP_MS = 200;
const ROTATE_MS = 12_000;
const OVERDUE_S = 3;

const began_ms = performance.now();
let kiosk;
let lost;
let hours_and_minutes;

export function startClock(root, onLost) {
  [kiosk, lost] = [root, onLost];
  const timeZone = root.dataset.timeZone || undefined;
  hours_and_minutes = new Intl.DateTimeFormat("zh-CN", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  setInterval(tick, STEP_MS);
}

function now_s() {
  return Number(kiosk.dataset.now) + (performance.now() - began_ms) / 1000;
}

export function tick() {
  const wall = new Date();
  each("[data-clock]", (clock) => write(clock, clock_time(wall)));
  each("[data-moment]", (moment) => write(moment, clock_time(new Date(moment.getAttribute("datetime")))));
  each("[data-until]", (timer) => left(timer, Number(timer.dataset.until) - now_s()));
  each("[data-ready-at]", (drill) => drill.toggleAttribute("data-js-ready", now_s() >= Number(drill.dataset.readyAt)));
  each("[data-gone-at]", (news) => news.toggleAttribute("data-js-gone", now_s() >= Number(news.dataset.goneAt)));
  each("[data-rotate]", (sentences) => rotate(sentences, Math.floor(wall / ROTATE_MS)));
}

function left(timer, seconds) {
  const total = Number(timer.dataset.total);
  if ("count" in timer.dataset) write(timer, String(Math.min(total, Math.max(1, Math.ceil(seconds)))));
  else timer.style.setProperty("--left", Math.min(1, Math.max(0, seconds / total)));
  // A station that hangs must not leave green standing.
  if (kiosk.dataset.signal === "passed" && seconds < -OVERDUE_S) lost();
}

function rotate(sentences, turn) {
  [...sentences.children].forEach((sentence, index, all) =>
    sentence.toggleAttribute("data-js-current", index === turn % all.length));
}

function clock_time(moment) {
  return Number.isNaN(moment.getTime()) ? "" : hours_and_minutes.format(moment);
}

function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function each(selector, act) {
  kiosk.querySelectorAll(selector).forEach(act);
}
