// The queue with a script: one comment is open, a key or a button decides it, and the next one is in
// front at once. Without this file the same page works with forms.
import { listen } from "./keys.js";
import { Queue } from "./queue.js";

const root = document.querySelector("#queue");
document.documentElement.classList.add("live");
const queue = new Queue(root);

const help = document.querySelector("#keys");
const actions = {
  next: () => queue.step(1),
  previous: () => queue.step(-1),
  approve: () => queue.decide("approve"),
  reject: () => queue.decide("reject"),
  spam: () => queue.decide("spam"),
  hold: () => queue.decide("hold"),
  undo: () => queue.undo(),
  pick: () => queue.pick(),
  "pick-all": () => queue.pickAll(),
  article: () => queue.openArticle(),
  search: () => document.querySelector("#q").focus(),
  help: () => help.showModal(),
};

listen(actions);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) {
    actions[button.dataset.do]();
  }
});

for (const button of document.querySelectorAll(".keys-button, [data-do='pick-all']")) {
  button.hidden = false;
}
