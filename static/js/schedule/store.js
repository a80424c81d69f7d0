// What the editor knows: the draft's rows by key, what is wrong with them, what was done; who listens is told of every change.

import { date, MINUTE, read } from "./times.js";

export const state = {
  workshop: null,
  edit: 0,
  days: new Map(),
  rooms: new Map(),
  boards: new Map(),
  sessions: new Map(),
  slots: new Map(),
  papers: new Map(),
  people: new Map(),
  tray: [],
  conflicts: [],
  edits: [],
};

const KINDS = ["days", "rooms", "boards", "sessions", "slots"];
const listeners = [];
let bySession = new Map();
let byItem = new Map();

export const listen = (listener) => listeners.push(listener);

export function tell(changed = new Set(), edits = []) {
  settle();
  for (const listener of listeners) listener(changed, edits);
}

function keep(name, rows) {
  for (const row of rows ?? []) state[name].set(row.uid ?? row.id, row);
}

export function takeDraft(draft) {
  state.workshop = draft.workshop;
  for (const name of [...KINDS, "papers", "people"]) {
    state[name].clear();
    keep(name, draft[name]);
  }
  state.edit = draft.edit;
  state.tray = draft.tray;
  state.conflicts = draft.conflicts;
  tell();
}

// Takes over what is newer: rows as they are now, rows that are gone, tray and conflicts. An answer that comes late is ignored.
export function takeSince(since) {
  if (!since || since.edit < state.edit || !since.edits.length) return;
  const changed = new Set(since.gone);
  for (const name of KINDS) {
    for (const row of since[name]) changed.add(row.uid);
    keep(name, since[name]);
    for (const uid of since.gone) state[name].delete(uid);
  }
  keep("papers", since.papers);
  if (since.people.length) keep("people", since.people);
  state.edit = since.edit;
  state.tray = since.tray;
  state.conflicts = since.conflicts;
  takeEdits(since.edits);
  tell(changed, since.edits);
}

export function takeEdits(edits) {
  const known = new Map(state.edits.map((edit) => [edit.number, edit]));
  for (const edit of edits) {
    known.set(edit.number, edit);
    const undone = known.get(edit.undoes);
    if (undone) undone.undone_by = edit.number;
  }
  state.edits = [...known.values()].sort((one, other) => one.number - other.number).slice(-200);
}

function settle() {
  bySession = Map.groupBy([...state.slots.values()].sort((one, other) => one.position - other.position || (one.uid < other.uid ? -1 : 1)), (slot) => slot.session);
  byItem = new Map();
  for (const conflict of state.conflicts) {
    for (const uid of conflict.uids) byItem.set(uid, [...(byItem.get(uid) ?? []), conflict]);
  }
}

export const slotsOf = (uid) => bySession.get(uid) ?? [];
export const conflictsOf = (uid) => byItem.get(uid) ?? [];
export const zone = () => state.workshop.zone;
export const roomsInOrder = () => [...state.rooms.values()].sort((one, other) => one.position - other.position || (one.uid < other.uid ? -1 : 1));
export const daysInOrder = () => [...state.days.values()].sort((one, other) => (one.on < other.on ? -1 : 1));
export const startOf = (session) => read(session.starts_at);

export function endOf(session) {
  const starts = read(session.starts_at);
  if (starts === null) return null;
  return session.minutes ? starts + session.minutes * MINUTE : (read(session.ends_at) ?? starts);
}

export const dateOf = (session) => (session.starts_at ? date(read(session.starts_at), zone()) : null);

export function sessionsOn(on) {
  const found = [...state.sessions.values()].filter((session) => dateOf(session) === on);
  return found.sort((one, other) => startOf(one) - startOf(other) || one.position - other.position);
}

export const untimed = () => [...state.sessions.values()].filter((session) => !session.starts_at).sort((one, other) => one.position - other.position);

// Every date that has something to show: days, and dates of sessions that lie outside any day.
export function dates() {
  const all = new Set([...state.days.values()].map((day) => day.on));
  for (const session of state.sessions.values()) if (session.starts_at) all.add(dateOf(session));
  return [...all].sort();
}

export const dayOn = (on) => [...state.days.values()].find((day) => day.on === on);

export function nameItem(uid) {
  const session = state.sessions.get(uid);
  if (session) return session.name || "Session";
  const slot = state.slots.get(uid);
  return slot ? nameSlot(slot) : "";
}

export function nameSlot(slot) {
  if (slot.is_hidden) return "A paper you must not know yet";
  const paper = state.papers.get(slot.paper);
  return paper ? paper.title : slot.title || "Talk";
}

export const revisionsOf = (uids) => Object.fromEntries(uids.map((uid) => [uid, find(uid)?.revision]).filter(([, revision]) => revision !== undefined));

export function find(uid) {
  for (const name of KINDS) {
    const row = state[name].get(uid);
    if (row) return row;
  }
  return undefined;
}

export const everyUid = () => KINDS.flatMap((name) => [...state[name].keys()]);
