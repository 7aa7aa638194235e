// The spot is where the finger comes down on the photo; its ring shows how much of it counts.
const form = document.querySelector("[data-spot]");

if (form) {
  const figure = form.querySelector(".marking");
  const ring = figure.querySelector(".ring");
  const show = () => {
    const [x, y, radius] = [form.x.value, form.y.value, form.radius.value];
    ring.hidden = x === "";
    Object.assign(ring.style, {
      left: `${x * 100}%`, top: `${y * 100}%`, width: `${radius * 200}%`, height: `${radius * 200}%`,
    });
  };
  figure.addEventListener("pointerdown", (event) => {
    const box = figure.getBoundingClientRect();
    const inside = (at, radius) => Math.min(1 - radius, Math.max(radius, at));
    const radius = Number(form.radius.value);
    form.x.value = inside((event.clientX - box.left) / box.width, radius).toFixed(4);
    form.y.value = inside((event.clientY - box.top) / box.height, radius).toFixed(4);
    show();
  });
  form.radius.addEventListener("input", () => {
    const radius = Number(form.radius.value);
    for (const axis of [form.x, form.y]) {
      if (axis.value !== "") axis.value = Math.min(1 - radius, Math.max(radius, Number(axis.value))).toFixed(4);
    }
    show();
  });
  show();
}

// A photo that the station would refuse for its size is refused before it is sent.
const upload = document.querySelector("[data-most-mb]");
const large = upload.querySelector(".fault");
upload.photo.addEventListener("change", () => {
  const over = (upload.photo.files[0]?.size ?? 0) > Number(upload.dataset.mostMb) * 2 ** 20;
  large.textContent = over ? upload.dataset.large : "";
  large.hidden = !over;
  upload.querySelector("button").disabled = over;
});
