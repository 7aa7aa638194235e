// A photo opens large over the page; the arrows go to the next one. Without script the link opens the picture itself.

const dialogs = [...document.querySelectorAll("dialog.large")];

for (const link of document.querySelectorAll("[data-open]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.dataset.open).showModal();
  });
}

for (const [place, dialog] of dialogs.entries()) {
  const turn = (step) => {
    dialog.close();
    dialogs[(place + step + dialogs.length) % dialogs.length].showModal();
  };
  for (const button of dialog.querySelectorAll("[data-turn]")) {
    button.hidden = dialogs.length < 2;
    button.addEventListener("click", () => turn(Number(button.dataset.turn)));
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea, input")) return;
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the picture
  });
  if (dialog.open) { // the server had something to say about this photo
    dialog.close();
    dialog.showModal();
  }
}
