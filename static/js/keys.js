// Keys by their place on the keyboard, so that they are the same in an Arabic and a Latin layout.

const byCode = {
  KeyJ: "next",
  KeyK: "previous",
  KeyA: "approve",
  KeyR: "reject",
  KeyS: "spam",
  KeyH: "hold",
  KeyZ: "undo",
  KeyX: "pick",
  KeyO: "article",
};

// Holding a key down may run through the list, but must not decide a row of comments.
const repeatable = new Set(["next", "previous"]);

const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function actionOf(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
    return "help";
  }
  if (event.key === "/" || event.code === "Slash") {
    return "search";
  }
  return event.shiftKey ? undefined : byCode[event.code];
}

/** Calls actions[name]() for a key, unless somebody types, a dialog is open or another key is held. */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const name = actionOf(event);
    if (!name || (event.repeat && !repeatable.has(name))) {
      return;
    }
    if (event.target.closest?.(typing) || document.querySelector("dialog[open]")) {
      return;
    }
    event.preventDefault();
    actions[name]();
  });
}
