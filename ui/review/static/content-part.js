// What is typed is saved by itself a moment later, so that neither a flat battery nor a closed page costs a sentence. Every field says
// how many characters it has left once they become few.
const AFTER_MS = 1200;
const FEW = 8;

const form = document.querySelector("[data-autosave]");
const said = form.querySelector("[data-autosaved]");
let timer;
let saving = Promise.resolve();

form.addEventListener("input", (event) => {
  counted(event.target);
  clearTimeout(timer);
  timer = setTimeout(() => { saving = saving.then(save); }, AFTER_MS);
});
form.addEventListener("submit", () => clearTimeout(timer));

async function save() {
  const answer = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Autosave": "1" }, redirect: "error",
  }).catch(() => null);
  if (answer?.ok) form.mark.value = await answer.text();
  said.textContent = answer?.ok ? form.dataset.saved : answer?.status === 409 ? "" : form.dataset.failed;
  said.classList.toggle("missing", !answer?.ok);
}

function counted(field) {
  const most = Number(field.dataset?.most);
  if (!most) return;
  const left = most - field.value.trim().length;
  let count = field.parentElement.querySelector(".left");
  if (!count) {
    count = document.createElement("small");
    count.className = "left";
    field.after(count);
  }
  count.textContent = left > FEW ? "" : `${left}`;
  count.classList.toggle("missing", left < 0);
}
