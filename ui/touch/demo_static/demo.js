// The drawer that simulates the hardware. In a real station neither this file nor its addresses are served.
const LOOK_MS = 250;
const NARROW_PX = 1200;
const FREE = "waiting";

const kiosk = document.getElementById("kiosk");
const drawer = document.getElementById("drawer");
let wanted = innerWidth >= NARROW_PX;
let shown = kiosk.dataset.template;

close(!wanted || shown !== FREE);
drawer.addEventListener("click", (event) => {
  if (event.target.closest("[data-drawer]")) close(!drawer.hasAttribute("data-closed"));
  const button = event.target.closest("[data-demo]");
  if (button) fetch(`/demo/${button.dataset.demo}`, { method: "POST", body: button.dataset.word }).catch(() => {});
});

// While nobody is here it stays as it was left. Who then uses the screen sees all of it, and pulls the drawer out at need.
new MutationObserver(() => {
  if (shown === kiosk.dataset.template) return;
  if (shown === FREE) wanted = !drawer.hasAttribute("data-closed");
  if (shown === FREE || kiosk.dataset.template === FREE) close(kiosk.dataset.template !== FREE || !wanted);
  shown = kiosk.dataset.template;
}).observe(kiosk, { attributeFilter: ["data-template"] });

function close(closed) {
  drawer.toggleAttribute("data-closed", closed);
}

async function look() {
  try {
    const lamps = await (await fetch("/demo/lamps")).json();
    for (const bulb of drawer.querySelectorAll("[data-lamp]")) bulb.toggleAttribute("data-on", Boolean(lamps[bulb.dataset.lamp]));
  } catch { /* the screen itself says that the station is away */ }
  setTimeout(look, LOOK_MS);
}

look();
