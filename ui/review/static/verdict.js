// 不合格 without a reason opens the reasons instead of sending; a second tap while it is being sent does nothing.

for (const form of document.querySelectorAll("[data-verdict]")) {
  const comment = form.querySelector("details");
  const needed = form.querySelector(".needed");
  const reasoned = () => form.comment.value.trim() !== "" || form.querySelector(":checked") !== null;

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "rejected" && !reasoned()) {
      event.preventDefault();
      comment.open = true;
      needed.hidden = false;
      form.querySelector("input[type=checkbox]").focus({ preventScroll: true });
    } else if (form.dataset.sent) {
      event.preventDefault();
    } else {
      form.dataset.sent = "yes";
    }
  });
  form.addEventListener("input", () => { needed.hidden = needed.hidden || reasoned(); });
}

addEventListener("pageshow", () => { // back from the next page: the buttons work again
  for (const form of document.querySelectorAll("[data-verdict]")) delete form.dataset.sent;
});
