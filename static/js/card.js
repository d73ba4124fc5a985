// One comment on the page: what its slot holds and how an answer of the server changes it.

const results = { approve: "approved", reject: "rejected", spam: "spam", hold: "pending" };

export const article = (slot) => slot.querySelector("article");
export const nameOf = (slot) => slot.querySelector("h2").textContent;
export const box = (slot) => slot.querySelector(".pick input");
export const button = (slot, action) => slot.querySelector(`.decide .${action}`);

/** How many more comments wait after the action than before it: -1, 0 or 1. */
export function pendingChange(slot, action) {
  const before = article(slot).dataset.status === "pending";
  return Number(results[action] === "pending") - Number(before);
}

/** The fields of the card's form, with the version that is on the screen. */
export function fields(slot) {
  return new FormData(slot.querySelector(".decide"));
}

/** Enters what the server answered: the comment's status and version. */
export function apply(slot, { status, version }) {
  const card = article(slot);
  card.dataset.version = version;
  if (!slot.querySelector(".decide")) {
    return; // its author took it back: there is nothing to decide
  }
  slot.querySelector("[name=version]").value = version;
  box(slot).value = `${card.id.slice("comment-".length)}:${version}`;
  showStatus(slot, status);
}

/** Shows the status on the card and offers the decisions that change it. */
export function showStatus(slot, status) {
  article(slot).dataset.status = status;
  for (const action of ["approve", "reject", "spam"]) {
    button(slot, action).disabled = results[action] === status;
  }
}

/** Puts a message on the card, or with an empty text takes it away. */
export function tell(slot, text) {
  slot.querySelector(".back-alert")?.remove();
  if (text) {
    const message = document.createElement("p");
    message.className = "notice notice-bad back-alert";
    message.setAttribute("role", "alert");
    message.textContent = text;
    article(slot).prepend(message);
  }
}

/** Replaces the card by the one of a page fetched anew, which leads back where the old one led. */
export function replace(slot, page) {
  const fresh = page.getElementById(article(slot).id);
  if (!fresh) {
    return;
  }
  const back = slot.querySelector("[name=next]").value;
  const card = document.importNode(fresh, true);
  card.querySelector(".reason")?.remove();
  card.querySelector("[name=next]")?.setAttribute("value", back);
  article(slot).replaceWith(card);
  apply(slot, card.dataset);
}
