// The list beside the open comment. Its rows are made from the cards.

function element(name, className, text = "") {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  return node;
}

/** Makes the row of a slot: who, when, the beginning of the text, and why it is held. */
export function makeRow(slot) {
  const article = slot.querySelector("article");
  const name = document.createElement("bdi");
  name.textContent = article.querySelector("h2").textContent;
  const who = element("span", "row-name");
  who.append(name);
  const head = element("span", "row-head");
  head.append(who, element("span", "row-time", article.querySelector("header time").textContent));

  const text = element("span", "row-text", article.dataset.excerpt);
  text.dir = article.querySelector(".text").dir;
  const link = element("a", "row");
  link.href = `#${article.id}`;
  link.append(head, text);
  for (const chip of article.querySelectorAll(".chip")) {
    link.append(chip.cloneNode(true));
  }
  const item = document.createElement("li");
  item.append(link);
  return item;
}
