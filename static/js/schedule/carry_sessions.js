// A session carried over the columns of a day, or held by its lower edge.

import { act, show } from "./acts.js";
import { findClashes } from "./checks.js";
import { make, part, place } from "./elements.js";
import { frame, heightOf, instantAt } from "./grid.js";
import { hideLive, showLive } from "./live.js";
import { startOf, state, tell, zone } from "./store.js";
import { MINUTE, snap, span, STEP, write } from "./times.js";
import { view } from "./view.js";

// Measures the day once, when something is lifted: on the way nothing is laid out again.
function measure() {
  const board = part("board");
  const grid = board.querySelector(".grid");
  const origin = grid.getBoundingClientRect();
  const columns = [...grid.querySelectorAll(".grid-column")].map((column) => {
    const { left, width, top } = column.getBoundingClientRect();
    return { room: column.dataset.room, left: left - origin.left, width, top: top - origin.top };
  });
  const box = board.getBoundingClientRect();
  return { board, grid, columns, box, left: origin.left + board.scrollLeft, top: origin.top + board.scrollTop, tray: part("tray").getBoundingClientRect() };
}

const isIn = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

function makeGhost(measured, session) {
  const ghost = make("div", { class: "ghost" }, make("strong", {}), make("span", {}, session.name || "Session"));
  measured.grid.append(ghost);
  return ghost;
}

// The act shows at once; where it is refused, the row goes back to where it was.
async function placeNow(session, changed, moves, words) {
  state.sessions.set(session.uid, { ...session, ...changed });
  tell();
  const isDone = await act(moves, { words, rows: [session] });
  const now = state.sessions.get(session.uid);
  if (!isDone && now && now.revision === session.revision) {
    state.sessions.set(session.uid, session);
    tell();
  }
}

export function carrySession(session, { clientY }) {
  if (session.is_pinned) {
    show("refused", `${session.name} is pinned, so it stays; take the pin off first.`);
    return null;
  }
  const measured = measure();
  const block = measured.grid.querySelector(`[data-session="${session.uid}"]`);
  const minutes = session.minutes || 30;
  const grip = block ? clientY - block.getBoundingClientRect().top : 8;
  const ghost = makeGhost(measured, session);
  const starts = startOf(session);
  let target = null;
  let shown = "";
  block?.classList.add("is-carried");
  place(ghost, { width: `${measured.columns[0]?.width ?? 0}px`, height: `${Math.max(heightOf(minutes * MINUTE), 18)}px` });

  function aim(x, y) {
    const gx = x - measured.left + measured.board.scrollLeft;
    const gy = y - measured.top + measured.board.scrollTop;
    const column = measured.columns.findLast((one) => gx >= one.left) ?? measured.columns[0];
    const at = frame.from + snap((instantAt(gy - column.top - grip) - frame.from) / MINUTE, STEP) * MINUTE;
    const latest = frame.until - 5 * MINUTE;
    return { column, room: column.room, starts: Math.min(Math.max(at, frame.from), latest) };
  }

  return {
    box: measured.box,
    move(x, y) {
      if (isIn(measured.tray, x, y)) return this.hoverTray();
      if (!isIn(measured.box, x, y)) return this.leave();
      target = aim(x, y);
      const key = `${target.room} ${target.starts}`;
      if (key === shown) return undefined;
      shown = key;
      ghost.hidden = false;
      place(ghost, { transform: `translate(${target.column.left}px, ${target.column.top + heightOf(target.starts - frame.from)}px)` });
      const ends = target.starts + minutes * MINUTE;
      const clashes = findClashes(session, { ...target, ends }, view.date);
      const words = `${span(target.starts, ends, zone())}${target.room ? `, ${state.rooms.get(target.room).name}` : ""}`;
      ghost.firstChild.textContent = span(target.starts, ends, zone());
      ghost.classList.toggle("is-bad", clashes.length > 0);
      return showLive(words, clashes, this.list());
    },
    hoverTray() {
      if (shown === "tray") return;
      shown = "tray";
      target = { isTray: true };
      ghost.hidden = true;
      showLive("Takes its time away", [], null);
    },
    leave() {
      if (shown === "out") return;
      shown = "out";
      target = null;
      ghost.hidden = true;
      showLive("Drop it on a time, or on the tray", [], null);
    },
    list() {
      if (target.isTray) return [{ move: "place-session", session: session.uid, starts: "" }];
      return [{ move: "place-session", session: session.uid, starts: write(target.starts), room: target.room }];
    },
    drop() {
      if (!target || (target.starts === starts && target.room === session.room)) return;
      const words = target.isTray ? `${session.name} without a time` : `${session.name} at ${span(target.starts, null, zone())}`;
      const changed = target.isTray
        ? { starts_at: null, ends_at: null }
        : { starts_at: write(target.starts), ends_at: write(target.starts + minutes * MINUTE), room: target.room };
      if (target.isTray && starts === null) return;
      placeNow(session, changed, this.list(), words);
    },
    end() {
      ghost.remove();
      block?.classList.remove("is-carried");
      hideLive();
    },
  };
}

export function carryEdge(session, { clientY }) {
  const measured = measure();
  const block = measured.grid.querySelector(`[data-session="${session.uid}"]`);
  const starts = startOf(session);
  const first = block.getBoundingClientRect();
  const column = measured.columns.find((one) => one.room === session.room);
  const grip = first.bottom - clientY;
  const before = session.minutes;
  const ghost = makeGhost(measured, session);
  let minutes = before;
  place(ghost, { width: `${column.width}px`, transform: `translate(${column.left}px, ${column.top + heightOf(starts - frame.from)}px)`, height: `${first.height}px` });
  return {
    box: measured.box,
    move(x, y) {
      const gy = y - measured.top + measured.board.scrollTop + grip - column.top;
      const next = Math.min(Math.max(snap((instantAt(gy) - starts) / MINUTE), STEP), 24 * 60);
      if (next === minutes) return;
      minutes = next;
      const ends = starts + minutes * MINUTE;
      const clashes = findClashes(session, { starts, ends, room: session.room }, view.date);
      ghost.firstChild.textContent = `${span(starts, ends, zone())}, ${minutes} min`;
      ghost.classList.toggle("is-bad", clashes.length > 0);
      place(ghost, { height: `${heightOf(minutes * MINUTE)}px` });
      showLive(`${span(starts, ends, zone())}, ${minutes} min`, clashes, this.list());
    },
    list: () => [{ move: "resize-session", session: session.uid, minutes }],
    drop() {
      if (minutes === before) return;
      placeNow(session, { minutes, ends_at: write(starts + minutes * MINUTE) }, this.list(), `${session.name}: ${minutes} min`);
    },
    end() {
      ghost.remove();
      hideLive();
    },
  };
}
