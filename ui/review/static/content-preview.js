// The door's screen is as large as the door's; here it is made as wide as this page.
const box = document.querySelector("[data-screen]");
const screen = box.querySelector("iframe");
new ResizeObserver(() => { screen.style.transform = `scale(${box.clientWidth / screen.width})`; }).observe(box);
