// The queue: which comment is open, what was decided, and what comes back.
import * as card from "./card.js";
import { makeRow } from "./list.js";
import { enqueue, fetchPage, post } from "./requests.js";
import { countPending, digits, say, showBar, words } from "./words.js";

const runningLow = 5; // so few left: the next page is fetched
const reached = (status) => status === 200;

export class Queue {
  constructor(root) {
    this.pane = root.querySelector("#pane");
    this.list = root.querySelector("#list");
    this.cards = root.querySelector("#cards");
    this.bulk = root.querySelector("#bulk");
    this.limit = Number(root.dataset.max);
    this.rows = new Map(); // slot → its row in the list
    this.made = []; // decisions that can be undone, the newest last
    this.current = null;
    this.next = root.querySelector("#next-page")?.href;
    this.list.hidden = false;
    this.add([...this.cards.children]);
    this.listenToPointer();
    const asked = document.getElementById(location.hash.slice(1))?.closest("#cards > .slot");
    this.open(asked ?? this.waiting()[0]);
    this.countPicked();
  }

  listenToPointer() {
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("a");
      if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.openRow(row);
      }
    });
    document.querySelector("#bar [data-do=show]").addEventListener("click", (event) => {
      event.preventDefault();
      this.openRow(event.currentTarget);
    });
    this.cards.addEventListener("submit", (event) => {
      const action = event.submitter?.classList[0];
      if (action) {
        event.preventDefault();
        this.decide(action);
      }
    });
    this.cards.addEventListener("change", () => this.countPicked());
  }

  openRow(link) {
    const id = link.getAttribute("href").slice(1);
    this.open(document.getElementById(id)?.closest(".slot"), true);
  }

  /** The slots that are not decided. */
  waiting() {
    return [...this.cards.children].filter((slot) => !slot.hidden);
  }

  /** Takes slots into the list. */
  add(slots) {
    for (const slot of slots) {
      const row = makeRow(slot);
      this.rows.set(slot, row);
      this.list.firstElementChild.append(row);
    }
  }

  /** Opens a comment, or shows that nothing is left. With focus, a screen reader reads it. */
  open(slot, focus = false) {
    this.current?.classList.remove("open");
    this.link(this.current)?.removeAttribute("aria-current");
    this.current = slot ?? null;
    document.querySelector("#empty").hidden = Boolean(slot || this.next);
    document.querySelector("#step").hidden = !slot;
    if (!slot) {
      document.querySelector("#empty").focus();
      return;
    }
    slot.classList.add("open");
    this.link(slot).setAttribute("aria-current", "true");
    this.place();
    if (focus) {
      slot.querySelector("h2").focus({ preventScroll: true });
      this.pane.scrollTop = 0;
      this.pane.scrollIntoView({ block: "start" });
      this.link(slot).scrollIntoView({ block: "nearest" });
    }
  }

  link(slot) {
    return this.rows.get(slot)?.firstElementChild;
  }

  place() {
    const slots = this.waiting();
    const at = slots.indexOf(this.current) + 1;
    document.querySelector("#step .place").textContent = `${digits(at)} / ${digits(slots.length)}`;
  }

  /** Opens the next comment, or with -1 the one before. */
  step(by) {
    const slots = this.waiting();
    const to = slots[slots.indexOf(this.current) + by];
    if (to) {
      this.open(to, true);
    }
    this.refill();
  }

  /** Decides the open comment: it leaves at once, and comes back if the server refuses. */
  decide(action) {
    const slot = this.current;
    const button = slot && card.button(slot, action);
    if (!button || button.disabled) {
      return;
    }
    const before = card.article(slot).dataset.status;
    const made = { slot, action, before, change: card.pendingChange(slot, action), decision: "" };
    this.made.push(made);
    this.leave(slot);
    countPending(made.change);
    const done = words(action, { name: card.nameOf(slot) });
    say(done, this.current ? words("next", { name: card.nameOf(this.current) }) : words("none"));
    showBar(done, "undo");
    enqueue(() => this.send(made, button.formAction));
    this.refill();
  }

  async send(made, address) {
    const { status, data } = await post(address, card.fields(made.slot));
    if (reached(status)) {
      made.decision = data.decision;
      card.apply(made.slot, data);
      if (made.undone) {
        card.showStatus(made.slot, made.before); // it is on its way back already
      }
      return;
    }
    this.made = this.made.filter((other) => other !== made);
    countPending(-made.change);
    this.stay(made.slot);
    await this.explain(made.slot, status, data);
  }

  /** Takes back the last decision; without one, that of the page's own notice. */
  undo() {
    const made = this.made.pop();
    if (!made) {
      document.querySelector(".notice .undo")?.click();
      return;
    }
    made.undone = true;
    card.showStatus(made.slot, made.before); // the next key may decide it again at once
    this.stay(made.slot);
    this.open(made.slot, true);
    countPending(-made.change);
    const done = words("undo", { name: card.nameOf(made.slot) });
    say(done);
    showBar(done);
    enqueue(() => this.sendUndo(made));
  }

  async sendUndo(made) {
    if (!made.decision) {
      return; // the decision itself was refused: there is nothing to take back
    }
    const next = made.slot.querySelector("[name=next]").value;
    const { status, data } = await post(`/moderation/decisions/${made.decision}/undo`, { next });
    if (reached(status)) {
      card.apply(made.slot, data);
      return;
    }
    if (status !== 409) {
      this.made.push(made);
      countPending(made.change);
    }
    await this.explain(made.slot, status, data);
  }

  /** Says why the server did not do it. After a conflict the card is shown as it is now. */
  async explain(slot, status, data) {
    const name = card.nameOf(slot);
    if (status === 401) {
      const next = encodeURIComponent(location.pathname + location.search);
      card.tell(slot, words("login"));
      showBar(words("login"), "login", `/login?next=${next}`);
      say(words("login"));
      return;
    }
    const unreached = status === 0 || status >= 500;
    const text = unreached ? words("failed", { name }) : data.message || words("refused", { name });
    if (status === 409) {
      await this.renew(slot, data);
    }
    card.tell(slot, text);
    this.link(slot).classList.add("returned");
    showBar(`${name}: ${text}`, "show", `#${card.article(slot).id}`);
    say(text);
  }

  async renew(slot, data) {
    try {
      card.replace(slot, await fetchPage(`/moderation/comments/${data.id}`));
    } catch {
      // The card stays as it was seen. Deciding it again meets the same conflict, which is safe.
    }
  }

  /** Takes a decided comment out of the list and opens the next one. */
  leave(slot) {
    const slots = this.waiting();
    const at = slots.indexOf(slot);
    card.tell(slot, "");
    card.box(slot).checked = false;
    slot.hidden = true;
    this.rows.get(slot).hidden = true;
    this.link(slot).classList.remove("returned");
    this.open(slots[at + 1] ?? slots[at - 1], true);
    this.countPicked();
  }

  /** Brings a comment back to its place. */
  stay(slot) {
    slot.hidden = false;
    this.rows.get(slot).hidden = false;
    if (this.current) {
      this.place();
    } else {
      this.open(slot, true);
    }
  }

  /** Fetches the next page of the queue when few comments are left. */
  async refill() {
    const slots = this.waiting();
    const left = slots.length - slots.indexOf(this.current) - 1;
    if (!this.next || this.loading || left > runningLow) {
      return;
    }
    this.loading = true;
    try {
      this.take(await fetchPage(this.next));
      this.loading = false;
    } catch {
      this.loading = false;
      say(words("more"));
      showBar(words("more"));
    }
  }

  take(page) {
    const known = new Set([...this.cards.querySelectorAll("article")].map(({ id }) => id));
    const fresh = [...page.querySelectorAll("#cards > .slot")]
      .filter((slot) => !known.has(slot.querySelector("article").id))
      .map((slot) => document.importNode(slot, true));
    this.cards.append(...fresh);
    this.add(fresh);
    this.next = fresh.length > 0 && page.querySelector("#next-page")?.getAttribute("href");
    if (this.current) {
      this.place();
    } else {
      this.open(this.waiting()[0], true);
    }
  }

  /** Selects the open comment for a bulk decision, or takes it out again. */
  pick() {
    if (this.current) {
      const box = card.box(this.current);
      box.checked = !box.checked;
      this.countPicked();
    }
  }

  pickAll() {
    for (const slot of this.waiting().slice(0, this.limit)) {
      card.box(slot).checked = true;
    }
    this.countPicked();
  }

  countPicked() {
    if (!this.bulk) {
      return;
    }
    let count = 0;
    for (const [slot, row] of this.rows) {
      row.classList.toggle("picked", card.box(slot).checked);
      count += Number(card.box(slot).checked);
    }
    this.bulk.hidden = count === 0;
    const text = words("picked", { count: digits(count) });
    this.bulk.querySelector("p").textContent = text;
    if (count > 0) {
      say(text);
    }
  }

  openArticle() {
    const link = this.current?.querySelector(".on");
    if (link) {
      window.open(link.href, "_blank", "noopener");
    }
  }
}
