// A paper or a talk carried into a session, to another place in it, or back to the tray.

import { act } from "./acts.js";
import { make, part, place, root } from "./elements.js";
import { hideLive, showLive } from "./live.js";
import { nameSlot, slotsOf, state } from "./store.js";

export function nameCarried(uid) {
  return state.slots.has(uid) ? nameSlot(state.slots.get(uid)) : state.papers.get(Number(uid.slice(6)))?.title;
}

// What brings a slot or a paper of the tray into a session at a place counted from 1.
export function placeIn(uid, session, position) {
  const where = position ? { session, position } : { session };
  if (state.slots.has(uid)) return { move: "place-slot", slot: uid, ...where };
  return { move: "place-paper", paper: Number(uid.slice(6)), uid: makeKey(), ...where };
}

function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function carryPaper(uid, { clientX, clientY }) {
  const slot = state.slots.get(uid);
  if (slot?.is_hidden) return null;
  const name = nameCarried(uid);
  const ghost = make("div", { class: "ghost is-paper" }, make("strong", {}, name));
  const source = root.querySelector(`[data-item="${uid}"]`);
  const box = part("board").getBoundingClientRect();
  let target = null;
  let marked = null;
  let shown = "";
  root.append(ghost);
  source?.classList.add("is-carried");
  place(ghost, { transform: `translate(${clientX + 12}px, ${clientY + 8}px)` });

  function unmark() {
    marked?.classList.remove("is-before", "is-after", "is-target");
    marked = null;
  }

  function aim(x, y) {
    const under = document.elementFromPoint(x, y);
    if (under?.closest("[data-part=tray]")) return { isTray: true };
    const session = under?.closest("[data-session]")?.dataset.session;
    if (!session) return null;
    const line = under.closest("[data-slot]");
    const others = slotsOf(session).filter((one) => one.uid !== uid);
    const at = line ? others.findIndex((one) => one.uid === line.dataset.slot) : -1;
    if (at < 0) return { session, position: others.length + 1, element: under.closest("[data-session]"), mark: "is-target" };
    const { top, height } = line.getBoundingClientRect();
    const isAfter = y > top + height / 2;
    return { session, position: at + 1 + Number(isAfter), element: line, mark: isAfter ? "is-after" : "is-before" };
  }

  return {
    box,
    move(x, y) {
      place(ghost, { transform: `translate(${x + 12}px, ${y + 8}px)` });
      target = aim(x, y);
      const key = target ? `${target.isTray} ${target.session} ${target.position}` : "";
      if (key === shown) return;
      shown = key;
      unmark();
      if (target?.element) {
        marked = target.element;
        marked.classList.add(target.mark);
      }
      if (!target) showLive("Drop it on a session, or on the tray", [], null);
      else if (target.isTray) showLive(slot ? "Back to the tray" : "Stays in the tray", [], null);
      else showLive(`${state.sessions.get(target.session).name}, place ${target.position}`, [], this.list());
    },
    list: () => [target.isTray ? { move: "take-out", slot: uid } : placeIn(uid, target.session, target.position)],
    drop() {
      if (!target || (target.isTray && !slot)) return;
      const same = slot && target.session === slot.session && slotsOf(slot.session).findIndex((one) => one.uid === uid) === target.position - 1;
      if (same) return;
      const words = target.isTray ? `${name} back to the tray` : `${name} into ${state.sessions.get(target.session).name}, place ${target.position}`;
      act(this.list(), { words, rows: slot ? [slot] : [] });
    },
    end() {
      unmark();
      ghost.remove();
      source?.classList.remove("is-carried");
      hideLive();
    },
  };
}
