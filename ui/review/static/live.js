// Today's list keeps itself up to date: asks for the list every few seconds, and changes only what differs.

const list = document.querySelector("[data-live]");
const state = document.querySelector("[data-live-state]");
const lost = document.querySelector("[data-live-lost]");
const everyMs = Number(list.dataset.everyMs);
const patienceMs = 10_000;
let etag = "";
let timer = 0;

async function ask() {
  clearTimeout(timer);
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(list.dataset.live, { headers, cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
    if (answer.status === 401) return location.reload(); // the session is over: the page leads to the sign-in
    if (answer.status !== 200 && answer.status !== 304) throw new Error(`status ${answer.status}`);
    if (answer.status === 200) {
      show(await answer.text());
      etag = answer.headers.get("ETag") ?? "";
    }
    connected(true);
  } catch {
    connected(false);
  }
  if (!document.hidden) timer = setTimeout(ask, everyMs);
}

function connected(well) {
  lost.hidden = well;
  state.hidden = !well;
}

/** Put the new list in the place of the old one, keeping every node that is still the same. */
function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html").body;
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const focused = document.activeElement?.id;
  const open = new Set([...list.querySelectorAll("details[open]")].map((node) => node.dataset.keep));
  const nodes = [...next.children].map((node) => {
    const before = old.get(node.dataset.key);
    if (before && same(before, node)) return before;
    const fresh = document.importNode(node, true);
    if (!before && fresh.classList.contains("line")) arrive(fresh);
    return fresh;
  });
  list.replaceChildren(...nodes);
  for (const node of list.querySelectorAll("details")) node.open = open.has(node.dataset.keep);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function same(before, node) {
  const closed = before.cloneNode(true);
  for (const details of closed.querySelectorAll("details")) details.open = false;
  return closed.isEqualNode(node);
}

function arrive(node) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  node.animate([{ backgroundColor: "#fff3bf" }, {}], { duration: 2400, easing: "ease-out" });
}

document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(timer) : ask());
ask();
