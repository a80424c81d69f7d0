// Dialogs: the plain pages of an item, fetched as fragments; their forms are sent as moves, so that undo and refusals work as for drags.

import { act } from "./acts.js";
import { make, part, root, say } from "./elements.js";
import { hideLive } from "./live.js";

const dialog = part("dialog");
let opener = null;

export async function open(address, { focus = "" } = {}) {
  opener = document.activeElement?.dataset?.item ?? null;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    say("The dialog can't be opened: the server does not answer.");
    return;
  }
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  part("dialog-body").replaceChildren(...parsed.body.childNodes);
  part("dialog-refusal").replaceChildren();
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  (focus ? dialog.querySelector(focus) : null)?.focus();
}

export function openItem(uid, options) {
  if (!uid) return Promise.resolve();
  const name = uid.startsWith("paper-") ? root.dataset.paperPage.replace("/0/", `/${uid.slice(6)}/`) : root.dataset.itemPage.replace("/0/", `/${uid}/`);
  return open(name, options);
}

// A move is sent only where one of its fields was changed: `data-when` names them.
function listEntries(form, submitter) {
  const entries = [];
  for (const [name, value] of new FormData(form, submitter)) {
    if (name === "csrfmiddlewaretoken" || name === "move") continue;
    entries.push([name, value]);
  }
  const moves = [...form.querySelectorAll("input[name=move]")].filter((input) => !input.dataset.when || input.dataset.when.split(" ").some((name) => isChanged(form.elements[name])));
  return [...moves.map((input) => ["move", input.value]), ...entries];
}

function isChanged(field) {
  if (!field) return false;
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

async function submit(event) {
  const form = event.target.closest("form[data-moves]");
  if (!form) return;
  event.preventDefault();
  const entries = listEntries(form, event.submitter);
  if (!entries.some(([name]) => name === "move" || name === "ways")) {
    dialog.close();
    return;
  }
  const button = event.submitter;
  if (button) button.disabled = true;
  const wanted = { words: button?.textContent.trim() ?? "" };
  const isDone = await act([], { ...wanted, form: entries });
  if (button) button.disabled = false;
  if (isDone) dialog.close();
  else {
    const told = part("told").lastElementChild?.querySelector("div");
    part("dialog-refusal").replaceChildren(make("p", { class: "notice is-bad", role: "alert" }, told?.textContent ?? ""));
    dialog.scrollTop = 0;
  }
}

export function followDialogs() {
  dialog.addEventListener("submit", submit);
  dialog.addEventListener("close", () => {
    hideLive();
    if (opener) root.querySelector(`[data-item="${CSS.escape(opener)}"]`)?.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    const more = event.target.closest("[data-add-row]");
    if (more) addRow(more);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(link.href);
  });
}

function addRow(button) {
  const row = button.previousElementSibling.lastElementChild;
  const copy = row.cloneNode(true);
  for (const field of copy.querySelectorAll("input, select")) field.value = "";
  row.after(copy);
  copy.querySelector("input, select").focus();
}
