// A sheet is on its way: says so, and takes no second press.

const form = document.querySelector("[data-sending]");

form.addEventListener("submit", () => {
  const button = form.querySelector("button");
  button.textContent = form.dataset.sending;
  button.disabled = true;
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
