// A day as columns of rooms over a line of time.

import { drawSession } from "./blocks.js";
import { make, part, place } from "./elements.js";
import { dayOn, endOf, roomsInOrder, sessionsOn, startOf, zone } from "./store.js";
import { clock, MINUTE, read } from "./times.js";
import { pixels, view } from "./view.js";

const HOUR = 60 * MINUTE;
export const frame = { from: 0, until: 0, columns: [] };

export const heightOf = (span) => (span / MINUTE) * pixels();
export const instantAt = (top) => frame.from + (top / pixels()) * MINUTE;

export function drawGrid(on) {
  const sessions = sessionsOn(on);
  const day = dayOn(on);
  settleFrame(day, sessions);
  const rooms = roomsInOrder();
  const columns = rooms.map((room) => ({ uid: room.uid, room }));
  if (!rooms.length || sessions.some((session) => !session.room)) columns.unshift({ uid: "", room: null });
  frame.columns = columns;
  const grid = make("div", { class: "grid", role: "group", "aria-label": `Rooms and times of ${on}` });
  place(grid, { "--columns": columns.length, "--hour": `${60 * pixels()}px`, "--height": `${heightOf(frame.until - frame.from)}px` });
  grid.append(make("div", { class: "grid-corner" }), ...columns.map(drawHead), drawAxis());
  for (const column of columns) grid.append(drawColumn(column, day, sessions.filter((session) => session.room === column.uid)));
  return grid;
}

function settleFrame(day, sessions) {
  const starts = sessions.map(startOf);
  const ends = sessions.map(endOf);
  if (day) {
    starts.push(read(day.starts_at));
    ends.push(read(day.ends_at));
  }
  frame.from = Math.floor(Math.min(...starts) / HOUR) * HOUR;
  frame.until = Math.max(Math.ceil(Math.max(...ends) / HOUR) * HOUR, frame.from + 4 * HOUR);
}

function drawHead({ room }) {
  const seats = room?.capacity ? `${room.capacity} seats` : "";
  return make("div", { class: "grid-head" }, make("span", { class: "strong" }, room?.name ?? "No room"), make("span", { class: "muted small" }, seats));
}

function drawAxis() {
  const axis = make("div", { class: "grid-axis", "aria-hidden": "true" });
  for (let at = frame.from; at < frame.until; at += HOUR) {
    const tick = make("span", { class: "tick" }, clock(at, zone()), view.zone ? make("span", { class: "other-zone" }, clock(at, view.zone)) : null);
    place(tick, { top: `${heightOf(at - frame.from)}px` });
    axis.append(tick);
  }
  return axis;
}

function drawColumn({ uid, room }, day, sessions) {
  const column = make("div", { class: "grid-column", dataset: { room: uid } });
  if (day) {
    column.append(...shade(frame.from, read(day.starts_at), ""), ...shade(read(day.ends_at), frame.until, ""));
  }
  for (const closure of room?.closures ?? []) column.append(...shade(read(closure.starts_at), read(closure.ends_at), closure.reason || "Closed"));
  const lanes = layLanes(sessions);
  for (const session of sessions) column.append(drawBlock(session, lanes.get(session.uid)));
  return column;
}

function shade(from, until, words) {
  const [start, end] = [Math.max(from, frame.from), Math.min(until, frame.until)];
  if (end <= start) return [];
  const shaded = make("div", { class: `grid-shade${words ? " is-closed" : ""}` }, words);
  place(shaded, { top: `${heightOf(start - frame.from)}px`, height: `${heightOf(end - start)}px` });
  return [shaded];
}

function drawBlock(session, { lane, count }) {
  const block = drawSession(session);
  const height = heightOf(endOf(session) - startOf(session));
  block.classList.toggle("is-low", height < 34);
  place(block, {
    top: `${heightOf(startOf(session) - frame.from)}px`,
    height: `${Math.max(height, 16)}px`,
    left: `${(100 * lane) / count}%`,
    width: `${100 / count}%`,
  });
  return block;
}

// Sessions that overlap stand beside each other: each takes the first lane that is free, all of one heap share the width.
export function layLanes(sessions) {
  const laid = new Map();
  let heap = [];
  let ends = [];
  const close = () => {
    for (const one of heap) one.count = ends.length;
    heap = [];
    ends = [];
  };
  for (const session of sessions) {
    const start = startOf(session);
    if (ends.every((end) => end <= start)) close();
    const free = ends.findIndex((end) => end <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = Math.max(endOf(session), start + 5 * MINUTE);
    const one = { lane, count: 1 };
    heap.push(one);
    laid.set(session.uid, one);
  }
  close();
  return laid;
}

export const board = () => part("board");
