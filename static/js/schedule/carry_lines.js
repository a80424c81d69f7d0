// A session carried up or down the list of a day: it changes its turn, and those that it passes close up.

import { act } from "./acts.js";
import { make, part, place, root } from "./elements.js";
import { hideLive, showLive } from "./live.js";
import { endOf, sessionsOn, startOf, zone } from "./store.js";
import { clock, MINUTE, write } from "./times.js";
import { view } from "./view.js";

// Returns the starts after a session took another's turn: it stands where the others begin, they move by its length.
export function planTurn(sessions, session, before) {
  const from = sessions.findIndex((one) => one.uid === session.uid);
  const found = before === null ? sessions.length : sessions.findIndex((one) => one.uid === before);
  const to = found > from ? found - 1 : found;
  if (from < 0 || to === from) return [];
  const span = (session.minutes || (endOf(session) - startOf(session)) / MINUTE) * MINUTE;
  const passed = to > from ? sessions.slice(from + 1, to + 1) : sessions.slice(to, from);
  const way = to > from ? -span : span;
  const starts = to > from ? endOf(passed.at(-1)) - span : startOf(passed[0]);
  const moves = passed.map((one) => ({ move: "place-session", session: one.uid, starts: write(startOf(one) + way) }));
  return [{ move: "place-session", session: session.uid, starts: write(starts) }, ...moves];
}

export function carryLine(session, { clientX, clientY }) {
  const sessions = sessionsOn(view.date);
  const ghost = make("div", { class: "ghost is-paper" }, make("strong", {}, session.name));
  const box = part("board").getBoundingClientRect();
  let before;
  let isTray = false;
  let marked = null;
  root.append(ghost);
  place(ghost, { transform: `translate(${clientX + 12}px, ${clientY + 8}px)` });
  const unmark = () => marked?.classList.remove("is-before", "is-after");
  return {
    box,
    move(x, y) {
      place(ghost, { transform: `translate(${x + 12}px, ${y + 8}px)` });
      const under = document.elementFromPoint(x, y);
      isTray = Boolean(under?.closest("[data-part=tray]"));
      const line = under?.closest(".track-line");
      unmark();
      before = undefined;
      if (line) this.mark(line, y);
      const moves = this.list();
      const words = isTray ? "Takes its time away" : moves.length ? `Starts at ${clock(Date.parse(moves[0].starts), zone())}` : "Stays where it is";
      showLive(words, [], moves.length ? moves : null);
    },
    mark(line, y) {
      const { top, height } = line.getBoundingClientRect();
      const isAfter = y > top + height / 2;
      const at = sessions.findIndex((one) => one.uid === line.querySelector("[data-session]").dataset.session);
      before = sessions[at + Number(isAfter)]?.uid ?? null;
      marked = line;
      line.classList.add(isAfter ? "is-after" : "is-before");
    },
    list() {
      if (isTray) return session.starts_at ? [{ move: "place-session", session: session.uid, starts: "" }] : [];
      if (before === undefined) return [];
      if (session.starts_at) return planTurn(sessions, session, before);
      const next = sessions.find((one) => one.uid === before);
      const starts = next ? startOf(next) : endOf(sessions.at(-1));
      return [{ move: "place-session", session: session.uid, starts: write(starts) }];
    },
    drop() {
      const moves = this.list();
      if (moves.length) act(moves, { words: isTray ? `${session.name} without a time` : `${session.name} at another turn`, rows: sessions });
    },
    end() {
      unmark();
      ghost.remove();
      hideLive();
    },
  };
}
