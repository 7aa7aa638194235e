// The photo of a paper form: too large a file is refused before it is sent, and a press sends once.

const form = document.querySelector("[data-most-mb]");
const large = form.querySelector(".fault");
const button = form.querySelector("button.go");

form.photo_file.addEventListener("change", () => {
  const over = (form.photo_file.files[0]?.size ?? 0) > Number(form.dataset.mostMb) * 2 ** 20;
  large.textContent = over ? form.dataset.large : "";
  large.hidden = !over;
  button.disabled = over;
});
form.addEventListener("submit", () => {
  button.disabled = true;
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
