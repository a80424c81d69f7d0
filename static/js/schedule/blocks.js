// A session as it is drawn in a column or in the list, with what it holds.

import { icon, make } from "./elements.js";
import { conflictsOf, endOf, nameSlot, slotsOf, startOf, state, zone } from "./store.js";
import { length, read, span } from "./times.js";
import { view } from "./view.js";

export const TONES = {
  opening: "plain", closing: "plain", break: "plain", social: "plain", other: "plain",
  oral: "info", "contributed-talk": "info", poster: "teal", "invited-talk": "violet", panel: "amber", competition: "good", tutorial: "good",
};
const PARTS = { speaker: "", panelist: "", moderator: " (moderator)", chair: " (chair)" };

export function drawWorst(uids) {
  const found = uids.flatMap(conflictsOf);
  if (!found.length) return null;
  const isHard = found.some((conflict) => conflict.severity === "hard");
  const sentences = [...new Set(found.map((conflict) => conflict.sentence))];
  const words = `${sentences.length} conflict${sentences.length === 1 ? "" : "s"}`;
  return make("span", { class: `mark ${isHard ? "is-bad" : "is-amber"}`, title: sentences.join("\n") }, icon("triangle-alert"), make("span", { class: "sr-only" }, words));
}

export function times(session) {
  const starts = startOf(session);
  return starts === null ? "No time yet" : span(starts, endOf(session), zone());
}

export function otherTimes(session) {
  const starts = startOf(session);
  return view.zone && starts !== null ? make("span", { class: "other-zone" }, span(starts, endOf(session), view.zone)) : null;
}

export function whoIn(session) {
  return session.people.map(({ person, part }) => (state.people.get(person)?.name ?? "") + (PARTS[part] ?? "")).filter(Boolean).join(", ");
}

export function tellSession(session) {
  const room = state.rooms.get(session.room)?.name ?? "no room";
  const held = slotsOf(session.uid).length;
  const marks = [session.is_pinned ? "pinned" : "", held ? `${held} inside` : "", conflictsOf(session.uid).length ? "has conflicts" : ""];
  return [session.name, times(session), room, ...marks].filter(Boolean).join(", ");
}

function drawMarks(session, slots) {
  const marks = [drawWorst([session.uid, ...slots.flatMap((slot) => [slot.uid, `paper-${slot.paper}`])])];
  if (session.is_pinned) marks.push(make("span", { class: "mark", title: "Pinned" }, icon("pin"), make("span", { class: "sr-only" }, "pinned")));
  if (session.is_parallel) marks.push(make("span", { class: "mark", title: "Parallel" }, icon("columns-2"), make("span", { class: "sr-only" }, "parallel")));
  if (session.is_streamed) marks.push(make("span", { class: "mark", title: "Streamed" }, icon("radio"), make("span", { class: "sr-only" }, "streamed")));
  return make("span", { class: "marks" }, ...marks);
}

// Items are buttons: one of them is in the tab order, arrows go to the others.
function itemButton(uid, classes, label, ...inside) {
  return make("button", { type: "button", class: classes, dataset: { item: uid }, tabIndex: -1, "aria-label": label }, ...inside);
}

export function drawSlot(slot, number) {
  const paper = state.papers.get(slot.paper);
  const name = nameSlot(slot);
  const starts = read(slot.starts);
  const people = paper ? paper.authors.join(", ") : (state.people.get(slot.person)?.name ?? "");
  const lead = slot.board_label || (starts !== null && slot.minutes ? slot.starts.slice(11, 16).replace(/^0/, "") : `${number}.`);
  const label = [`${paper ? `#${paper.number} ` : ""}${name}`, people, `place ${number}`, slot.is_pinned ? "pinned" : ""].filter(Boolean).join(", ");
  const button = itemButton(slot.uid, "slot", label,
    make("span", { class: "slot-lead" }, lead),
    make("span", { class: "slot-name" }, name),
    make("span", { class: "slot-people" }, [people, slot.minutes ? `${slot.minutes} min` : ""].filter(Boolean).join(" · ")),
    slot.is_pinned ? make("span", { class: "mark" }, icon("pin")) : null,
    drawWorst([slot.uid, `paper-${slot.paper}`]));
  button.disabled = slot.is_hidden;
  return make("li", { dataset: { slot: slot.uid } }, button);
}

export function drawSession(session, { isLine = false } = {}) {
  const slots = slotsOf(session.uid);
  const tone = TONES[session.kind] ?? "plain";
  const head = itemButton(session.uid, "block-head", tellSession(session),
    make("span", { class: "block-time" }, times(session), isLine && session.minutes ? make("span", { class: "muted" }, ` ${length(session.minutes)}`) : null, otherTimes(session)),
    make("span", { class: "block-name" }, session.name || "Session"),
    make("span", { class: "block-who" }, [whoIn(session), isLine ? state.rooms.get(session.room)?.name : ""].filter(Boolean).join(" · ")),
    drawMarks(session, slots));
  const awaited = session.awaited.map((paper) => make("li", { class: "slot is-awaited" }, `${paper} is not imported yet`));
  const inside = slots.length || awaited.length ? make("ol", { class: "block-slots" }, ...slots.map((slot, index) => drawSlot(slot, index + 1)), ...awaited) : null;
  const edge = isLine || !session.starts_at || session.is_pinned ? null : make("span", { class: "block-edge", dataset: { edge: session.uid } });
  const classes = `block is-${tone}${session.is_pinned ? " is-pinned" : ""}${isLine ? " is-line" : ""}`;
  return make("article", { class: classes, dataset: { session: session.uid } }, head, inside, edge);
}
