// Makes the page equal to new HTML and keeps every element that is still right, so that nothing flickers, no animation begins
// again and a half-written signature stays. What scripts add is theirs: `style`, attributes named data-js-…, and the inside of
// elements marked data-own.
export function patch(root, html) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  children(root, wanted.content);
}

function children(from, to) {
  const old = meaningful(from);
  const wanted = meaningful(to);
  wanted.forEach((node, index) => {
    const present = old[index];
    if (!present) from.append(node);
    else if (same(present, node)) node.nodeType === Node.TEXT_NODE ? text(present, node) : element(present, node);
    else present.replaceWith(node);
  });
  old.slice(wanted.length).forEach((node) => node.remove());
}

function meaningful(parent) {
  return [...parent.childNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE || node.data.trim());
}

function same(a, b) {
  return a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
}

function text(present, wanted) {
  if (present.data !== wanted.data) present.data = wanted.data;
}

function element(present, wanted) {
  const own = wanted.hasAttribute("data-own");
  for (const { name, value } of wanted.attributes) {
    if (present.getAttribute(name) !== value) present.setAttribute(name, value);
  }
  if (own) return;
  for (const { name } of [...present.attributes]) {
    const scripted = name === "style" || name.startsWith("data-js-");
    if (!scripted && !wanted.hasAttribute(name)) present.removeAttribute(name);
  }
  children(present, wanted);
}
