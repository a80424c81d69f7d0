// Keys for people who keep their hands on the keyboard; nothing needs them.
// A list is [data-keys-list] with rows [data-keys-row]; the row's way is [data-keys-open] or its first link.
// A control with data-key="d" is pressed by that key; data-key-help says what for.

const help = document.getElementById("keys-help");
const off = help?.querySelector("[data-keys-off]");
let cursor = -1;

if (off) {
  off.checked = localStorage.getItem("keys") === "off";
  off.addEventListener("change", () => localStorage.setItem("keys", off.checked ? "off" : "on"));
}

const rows = () => [...document.querySelectorAll("[data-keys-list] [data-keys-row]")];

function go(step) {
  const all = rows();
  if (!all.length) return;
  const focused = all.findIndex((row) => row.contains(document.activeElement));
  const from = focused >= 0 ? focused : cursor;
  cursor = from < 0 ? 0 : Math.min(Math.max(from + step, 0), all.length - 1);
  for (const row of all) row.classList.toggle("is-cursor", row === all[cursor]);
  way(all[cursor])?.focus({ preventScroll: true });
  all[cursor].scrollIntoView({ block: "nearest" });
}

function way(row) {
  return row.querySelector("[data-keys-open]") ?? row.querySelector("a[href], summary");
}

function select(row, shift) {
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return;
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: shift }));
}

function listKeys() {
  const list = help?.querySelector("[data-keys]");
  if (!list) return;
  for (const added of list.querySelectorAll("[data-added]")) added.remove();
  for (const control of document.querySelectorAll("[data-key][data-key-help]")) {
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    const text = document.createElement("dd");
    key.textContent = control.dataset.key;
    text.textContent = control.dataset.keyHelp;
    term.append(key);
    for (const part of [term, text]) {
      part.dataset.added = "";
      list.append(part);
    }
  }
}

const actions = {
  j: () => go(1),
  k: () => go(-1),
  x: () => select(rows()[cursor], false),
  X: () => select(rows()[cursor], true),
  "/": () => document.querySelector("[data-keys-search], input[type=search]")?.focus(),
  "?": () => {
    listKeys();
    help?.showModal();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (off?.checked && event.key !== "?") return;
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const action = actions[event.key] ?? (control && (() => (control.matches("input, select, textarea") ? control.focus() : control.click())));
  if (!action) return;
  event.preventDefault();
  action();
});
