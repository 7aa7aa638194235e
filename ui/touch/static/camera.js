// What the camera sees now: one small picture after the other, never more than one under way.
const PAUSE_MS = 170;
const RETRY_MS = 500;

let number = 0;

export function startCamera(root) {
  const next = () => {
    const preview = root.querySelector("[data-preview]");
    if (!preview) return setTimeout(next, PAUSE_MS);
    preview.onload = () => { preview.dataset.jsSeen = ""; setTimeout(next, PAUSE_MS); };
    preview.onerror = () => { delete preview.dataset.jsSeen; setTimeout(next, RETRY_MS); };
    preview.src = `/preview.jpg?${number++}`;
  };
  next();
}
