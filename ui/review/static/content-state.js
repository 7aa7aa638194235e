// While new content is on its way to the door, say how far it is.
const box = document.getElementById("state");
const EVERY_MS = 3000;

async function look() {
  const answer = await fetch(box.dataset.poll).catch(() => null);
  if (answer?.ok && !answer.redirected) box.innerHTML = await answer.text();
  if (!box.querySelector("[data-state=well]")) setTimeout(look, EVERY_MS);
}

setTimeout(look, 1000);
