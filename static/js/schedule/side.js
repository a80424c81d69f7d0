// Beside the day: what is wrong, each with its ways out; what was edited, each with its undo.

import { act, redo, undo } from "./acts.js";
import { icon, make, part } from "./elements.js";
import { listen, state, zone } from "./store.js";
import { clock, date, nameDate, read } from "./times.js";

const SHOWN = 50;
let shown = SHOWN;
let drawn = null;

export function drawConflicts() {
  if (drawn === state.conflicts) return;
  drawn = state.conflicts;
  const hard = state.conflicts.filter((conflict) => conflict.severity === "hard");
  const all = [...hard, ...state.conflicts.filter((conflict) => conflict.severity !== "hard")];
  part("conflict-count").textContent = all.length ? `${hard.length} hard, ${all.length - hard.length} soft` : "none";
  part("conflict-list").replaceChildren(...all.slice(0, shown).map(drawConflict));
  part("conflict-more").hidden = all.length <= shown;
  part("conflict-none").hidden = all.length > 0;
}

export function drawConflict(conflict) {
  const tone = conflict.severity === "hard" ? "is-bad" : "is-amber";
  const place = make("button", { type: "button", class: "conflict-words", dataset: { show: conflict.uids.join(" ") } }, make("span", { class: `mark ${tone}` }, icon("triangle-alert"), make("span", { class: "sr-only" }, `${conflict.severity}:`)), ` ${conflict.sentence}`);
  const ways = conflict.ways.map((way) => make("button", { type: "button", class: "button is-small", onclick: () => act(way.moves, { words: way.words }) }, way.words));
  const remedy = conflict.remedy ? make("p", { class: "muted small" }, conflict.remedy) : "";
  return make("li", { class: "conflict", dataset: { code: conflict.code } }, place, remedy, ways.length ? make("div", { class: "cluster" }, ...ways) : "");
}

function drawEdits() {
  const edits = [...state.edits].reverse().slice(0, 20);
  part("edit-list").replaceChildren(...edits.map(drawEdit));
  part("edit-none").hidden = edits.length > 0;
}

function drawEdit(edit) {
  const at = read(edit.at);
  const isToday = date(at, zone()) === date(Date.now(), zone());
  const when = `${isToday ? "" : `${nameDate(date(at, zone()))}, `}${clock(at, zone())}`;
  const isTurn = /^(Undid|Did again): /.test(edit.words);
  const way = edit.undone_by !== null
    ? make("button", { type: "button", class: "button is-small is-quiet", "aria-label": `Do again: ${edit.words}`, onclick: () => redo(edit.number) }, "Do again")
    : make("button", { type: "button", class: "button is-small is-quiet", "aria-label": `Undo: ${edit.words}`, onclick: () => undo(edit.number) }, "Undo");
  const words = make("span", { class: edit.undone_by === null ? "" : "is-undone" }, edit.words);
  return make("li", { dataset: { edit: edit.number } }, make("div", {}, words, make("span", { class: "muted small" }, ` ${edit.by_me ? "you" : edit.by || "the system"}, ${when}`)), isTurn ? "" : way);
}

export function followSide() {
  part("conflict-more").addEventListener("click", () => {
    shown += 200;
    drawn = null;
    drawConflicts();
  });
  listen(() => {
    drawConflicts();
    drawEdits();
  });
}
