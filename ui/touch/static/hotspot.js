// The target's picture: where the spot lies on the screen, and where on the picture the finger came down.
import { feel } from "./feel.js";
import { armed, send } from "./touch.js";

export function placeSpot(root) {
  const figure = root.querySelector("[data-target]");
  if (!figure) return;
  const picture = figure.querySelector("img");
  picture.onload = () => place(figure, picture);
  figure.onpointerdown = (event) => point(figure, picture, event);
  place(figure, picture);
}

// The part of the figure that the picture covers, as it is shown whole (object-fit: contain).
function shown(figure, picture) {
  const scale = Math.min(figure.clientWidth / picture.naturalWidth, figure.clientHeight / picture.naturalHeight);
  const [width, height] = [picture.naturalWidth * scale, picture.naturalHeight * scale];
  return { left: (figure.clientWidth - width) / 2, top: (figure.clientHeight - height) / 2, width, height };
}

function place(figure, picture) {
  if (!picture.naturalWidth) return;
  const { left, top, width, height } = shown(figure, picture);
  const { x, y, r } = figure.dataset;
  figure.dataset.jsPlaced = "";
  // The radius is a fraction of both sides, so the spot is as wide as the picture is.
  Object.assign(figure.querySelector(".spot").style, {
    left: `${left + x * width}px`, top: `${top + y * height}px`, width: `${2 * r * width}px`, height: `${2 * r * height}px`,
  });
}

function point(figure, picture, event) {
  if ("shown" in figure.dataset || !event.isPrimary || !picture.naturalWidth || !armed()) return;
  const box = figure.getBoundingClientRect();
  const { left, top, width, height } = shown(figure, picture);
  const at = { x: event.clientX - box.left - figure.clientLeft, y: event.clientY - box.top - figure.clientTop };
  const [x, y] = [(at.x - left) / width, (at.y - top) / height];
  if (x < 0 || x > 1 || y < 0 || y > 1) return;
  ripple(figure, at);
  feel(figure);
  send({ type: "point", x, y });
}

function ripple(figure, { x, y }) {
  const mark = document.createElement("i");
  mark.className = "touched";
  Object.assign(mark.style, { left: `${x}px`, top: `${y}px` });
  mark.onanimationend = () => mark.remove();
  figure.querySelector(".spot").after(mark);
}
