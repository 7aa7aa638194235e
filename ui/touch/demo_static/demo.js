// The drawer that simulates the hardware. In a real station neither this file nor its addresses are served.
const LOOK_MS = 250;
const NARROW_PX = 1200;

const drawer = document.getElementById("drawer");

drawer.toggleAttribute("data-closed", innerWidth < NARROW_PX);
drawer.addEventListener("click", (event) => {
  if (event.target.closest("[data-drawer]")) drawer.toggleAttribute("data-closed");
  const button = event.target.closest("[data-demo]");
  if (button) fetch(`/demo/${button.dataset.demo}`, { method: "POST", body: button.dataset.word }).catch(() => {});
});

async function look() {
  try {
    const lamps = await (await fetch("/demo/lamps")).json();
    for (const bulb of drawer.querySelectorAll("[data-lamp]")) bulb.toggleAttribute("data-on", Boolean(lamps[bulb.dataset.lamp]));
  } catch { /* the screen itself says that the station is away */ }
  setTimeout(look, LOOK_MS);
}

look();
