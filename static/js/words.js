// What the script says. Its sentences come with the page, in the page's language.

const root = document.querySelector("#queue");
const zero = root.dataset.zero.codePointAt(0);

/** Returns the number in the page's digits. */
export function digits(number) {
  return String(number).replace(/\d/g, (d) => String.fromCodePoint(zero + Number(d)));
}

/** Returns the page's sentence, as in words("next", { name: "Huda" }). */
export function words(key, values = {}) {
  const text = root.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Lets a screen reader say the sentences. */
export function say(...sentences) {
  document.querySelector("#live").textContent = sentences.join(" — ");
}

const bar = document.querySelector("#bar");

/** Shows what was just done. link is which way on is offered: "undo", "show", "login" or none. */
export function showBar(text, link, href) {
  bar.querySelector("p").textContent = text;
  for (const way of bar.querySelectorAll("[data-do]")) {
    way.hidden = way.dataset.do !== link;
    if (href && !way.hidden) {
      way.href = href;
    }
  }
  bar.hidden = false;
}

/** Changes how many comments wait, in the header. A count that stopped at its bound stays. */
export function countPending(change) {
  const count = document.querySelector("[data-count='pending']");
  const before = Number(count?.dataset.n);
  if (!count || before >= 1000) {
    return;
  }
  const now = Math.max(before + change, 0);
  count.dataset.n = now;
  count.textContent = digits(now);
}
