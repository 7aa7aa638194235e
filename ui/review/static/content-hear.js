// A sentence is heard beside its field, as it stands there now. What cannot be spoken says so in the same place; once it was heard,
// its reading can be put right.
const LONGEST = 200; // far more than can be spoken: the station says so
const form = document.querySelector("[data-hear-at]");
const sound = document.createElement("audio");
let playing = null;

sound.dataset.sound = "";
sound.hidden = true;
form.append(sound);
sound.addEventListener("ended", () => shown(""));
sound.addEventListener("playing", () => shown("playing"));
sound.addEventListener("error", () => playing && complain(playing, sound.src));
for (const button of form.querySelectorAll("[data-hear]")) button.addEventListener("click", () => hear(button));

function hear(button) {
  const spoken = button.closest("[data-spoken]");
  const field = spoken.querySelector("textarea, input:not([type=radio])");
  const asked = new URLSearchParams({ text: field.value.slice(0, LONGEST), field: field.name });
  const address = `${form.dataset.hearAt}?${asked}`;
  const same = button === playing && button.dataset.state && sound.src.endsWith(address);
  stop();
  if (same) return; // a second touch ends it
  spoken.querySelector("[data-unheard]")?.remove();
  spoken.querySelector("[data-reading]").hidden = !field.value.trim();
  playing = button;
  shown("waiting");
  sound.src = address; // played within the touch itself, which some browsers insist on
  sound.play().catch(() => {}); // the element's own "error" tells
}

function stop() {
  sound.pause();
  shown("");
}

function shown(state) {
  if (playing) playing.dataset.state = state;
}

async function complain(button, url) {
  shown("");
  const answer = await fetch(url).catch(() => null);
  const why = answer?.status === 422 ? await answer.text() : form.dataset.unheard;
  if (button !== playing) return;
  const said = document.createElement("p");
  said.className = "fault";
  said.dataset.unheard = "";
  said.setAttribute("role", "alert");
  said.textContent = why;
  button.closest("[data-spoken]").append(said);
}
