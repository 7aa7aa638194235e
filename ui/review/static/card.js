// The page that waits for a card: asks the station every moment what became of it, and shows that.

const place = document.querySelector("#card");
const lost = document.querySelector("[data-lost]");
const cancel = document.querySelector("[data-cancel]");
const everyMs = 800;

async function ask() {
  try {
    const answer = await fetch(place.dataset.live, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    place.innerHTML = await answer.text();
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
  const shown = place.firstElementChild;
  if (shown?.dataset.stage === "waiting") return setTimeout(ask, everyMs);
  if (shown?.hasAttribute("data-reload")) return location.reload();
  cancel.hidden = true;
}

if (place.firstElementChild.dataset.stage === "waiting") setTimeout(ask, everyMs);
