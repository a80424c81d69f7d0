// The chosen item: one is in the tab order, arrows go to its neighbors, the bar below the day has its acts as buttons with keys.

import { act } from "./acts.js";
import { openItem } from "./dialogs.js";
import { part, root, say } from "./elements.js";
import { endOf, nameItem, slotsOf, startOf, state, zone } from "./store.js";
import { MINUTE, span, STEP, write } from "./times.js";
import { keepView, view } from "./view.js";

const items = () => [...root.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null && !item.disabled);

export function showChosen() {
  const all = items();
  const chosen = all.find((item) => item.dataset.item === view.item) ?? all[0];
  for (const item of all) item.tabIndex = item === chosen ? 0 : -1;
  const isKnown = state.sessions.has(view.item) || state.slots.has(view.item) || view.item?.startsWith("paper-");
  part("item-bar").hidden = !isKnown;
  if (!isKnown) return;
  const isSession = state.sessions.has(view.item);
  const row = state.sessions.get(view.item) ?? state.slots.get(view.item);
  part("item-name").textContent = row ? nameItem(view.item) : (state.papers.get(Number(view.item.slice(6)))?.title ?? "");
  for (const button of part("item-bar").querySelectorAll("[data-act]")) {
    button.hidden = !(isSession || button.dataset.for === "any" || (row && button.dataset.for === "slot"));
  }
  const pin = part("item-bar").querySelector("[data-act=pin]");
  pin.setAttribute("aria-pressed", String(Boolean(row?.is_pinned)));
}

export function choose(uid, { focus = false } = {}) {
  if (view.item !== uid) {
    view.item = uid;
    keepView();
  }
  showChosen();
  if (focus) root.querySelector(`[data-item="${CSS.escape(uid)}"]`)?.focus();
}

// The nearest item in a direction: down and up among those in the same column, left and right to the next column.
function findNeighbor(from, key) {
  const here = from.getBoundingClientRect();
  const isAcross = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = null;
  let least = Infinity;
  for (const item of items()) {
    if (item === from) continue;
    const box = item.getBoundingClientRect();
    const along = isAcross ? (box.left - here.left) * sign : (box.top - here.top) * sign;
    const aside = isAcross ? Math.abs(box.top - here.top) : Math.abs(box.left + box.width / 2 - here.left - here.width / 2);
    if (along < (isAcross ? here.width / 2 : 1)) continue;
    const far = along + aside * (isAcross ? 1 : 4);
    if (far < least) [best, least] = [item, far];
  }
  return best;
}

function followKeys(event) {
  const item = event.target.closest("[data-item]");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) {
    const next = findNeighbor(item, event.key);
    event.preventDefault();
    next?.focus();
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

const nudge = (session, minutes) => {
  if (!session.starts_at) return say(`${session.name} has no time yet; use Move.`);
  const starts = startOf(session) + minutes * MINUTE;
  return act([{ move: "place-session", session: session.uid, starts: write(starts) }], { words: `${session.name} at ${span(starts, null, zone())}` });
};

const stretch = (session, minutes) => {
  const now = session.minutes || (session.starts_at ? (endOf(session) - startOf(session)) / MINUTE : 0);
  return act([{ move: "resize-session", session: session.uid, minutes: Math.max(now + minutes, STEP) }], { words: `${session.name}: ${now + minutes} min` });
};

const turn = (slot, step) => {
  const at = slotsOf(slot.session).findIndex((one) => one.uid === slot.uid) + 1 + step;
  if (at < 1 || at > slotsOf(slot.session).length) return say(step < 0 ? "It is the first already." : "It is the last already.");
  return act([{ move: "place-slot", slot: slot.uid, session: slot.session, position: at }], { words: `place ${at}` });
};

const lengthen = (slot, minutes) => act([{ move: "edit-slot", slot: slot.uid, minutes: Math.max((slot.minutes ?? 0) + minutes, 1) }], { words: "other minutes" });

const ACTS = {
  move: () => openItem(view.item, { focus: "select, input:not([type=hidden])" }),
  earlier: (row, isSession) => (isSession ? nudge(row, -STEP) : turn(row, -1)),
  later: (row, isSession) => (isSession ? nudge(row, STEP) : turn(row, 1)),
  shorter: (row, isSession) => (isSession ? stretch(row, -STEP) : lengthen(row, -1)),
  longer: (row, isSession) => (isSession ? stretch(row, STEP) : lengthen(row, 1)),
  pin: (row) => act([{ move: "pin", item: row.uid, is_pinned: !row.is_pinned }], { words: row.is_pinned ? "take the pin off" : "pin" }),
  out: (row, isSession) =>
    isSession
      ? act([{ move: "place-session", session: row.uid, starts: "" }], { words: `${row.name} without a time` })
      : act([{ move: "take-out", slot: row.uid }], { words: `${nameItem(row.uid)} back to the tray` }),
};

// What is pressed is chosen when it is let go: the bar must not come between finger and item.
function followFocus() {
  let isPressed = false;
  root.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, () => {
      isPressed = false;
      setTimeout(() => {
        const item = document.activeElement?.closest("[data-editor] [data-item]");
        if (item) choose(item.dataset.item);
      });
    });
  }
  root.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && !isPressed) choose(item.dataset.item);
  });
}

export function followItems() {
  followFocus();
  root.addEventListener("keydown", followKeys);
  root.addEventListener("click", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) openItem(item.dataset.item);
  });
  part("item-bar").addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const session = state.sessions.get(view.item);
    const row = session ?? state.slots.get(view.item);
    if (row || button.dataset.act === "move") ACTS[button.dataset.act](row, Boolean(session));
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    part(event.shiftKey ? "redo" : "undo").click();
  });
}
