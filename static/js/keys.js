// Keys for people who keep their hands on the keyboard; nothing needs them.
// A list is [data-keys-list] with rows [data-keys-row]; the row's way is [data-keys-open] or its first link.
// A control with data-key="d" is pressed by that key; data-key-help says what for. In a row, data-row-key="e d" is pressed by
// these keys while the cursor is on it. Moving past the last row asks [data-keys-more] for more by the event "more".

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
  for (const row of document.querySelectorAll("[data-keys-row].is-cursor")) row.classList.remove("is-cursor");
  all[cursor].classList.add("is-cursor");
  way(all[cursor])?.focus({ preventScroll: true });
  all[cursor].scrollIntoView({ block: "nearest" });
  if (cursor >= all.length - 10) document.querySelector("[data-keys-more]")?.dispatchEvent(new Event("more"));
}

function way(row) {
  return row.querySelector("[data-keys-open]") ?? row.querySelector("a[href], summary");
}

function current() {
  const all = rows();
  const focused = all.findIndex((row) => row.contains(document.activeElement));
  if (focused >= 0) cursor = focused;
  return all[cursor];
}

function press(key) {
  const control = current()?.querySelector(`[data-row-key~="${CSS.escape(key)}"]`);
  control?.click();
  return Boolean(control);
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
  o: () => way(current() ?? document.body)?.click(),
  x: () => select(current(), false),
  X: () => select(current(), true),
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
  if (!action) {
    if (press(event.key)) event.preventDefault();
    return;
  }
  event.preventDefault();
  action();
});
