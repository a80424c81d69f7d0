// The hand: from a press to a drop, by mouse, pen or finger. What is carried decides what happens on the way.

import { part, root } from "./elements.js";
import { carryEdge, carrySession } from "./carry_sessions.js";
import { carryLine } from "./carry_lines.js";
import { carryPaper } from "./carry_papers.js";
import { state } from "./store.js";
import { shape } from "./view.js";

const FAR = 5;
const HOLD = 300;
const EDGE = 44;
let hold = null;
let pressed = null;
let carried = null;
let last = null;
let isAsked = false;
let after = () => {};

export const isDragging = () => carried !== null;
export const onDropped = (listener) => {
  after = listener;
};

function choose(target) {
  const edge = target.closest("[data-edge]");
  if (edge) return (event) => carryEdge(state.sessions.get(edge.dataset.edge), event);
  const uid = target.closest("[data-item]")?.dataset.item;
  const session = state.sessions.get(uid);
  if (session) return (event) => (shape() === "list" ? carryLine(session, event) : carrySession(session, event));
  if (state.slots.has(uid) || uid?.startsWith("paper-")) return (event) => carryPaper(uid, event);
  return null;
}

function press(event) {
  if (event.button !== 0 || !event.isPrimary || carried) return;
  const begin = choose(event.target);
  if (!begin) return;
  pressed = { x: event.clientX, y: event.clientY, begin, isTouch: event.pointerType === "touch" };
  if (pressed.isTouch) hold = setTimeout(() => lift(event), HOLD);
}

function lift(event) {
  clearTimeout(hold);
  if (!pressed) return;
  carried = pressed.begin(event) ?? null;
  if (!carried) pressed = null;
  else root.dataset.dragging = "";
}

function move(event) {
  if (!pressed) return;
  if (!carried) {
    const isFar = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > FAR;
    if (!isFar) return;
    if (pressed.isTouch) {
      release();
      return;
    }
    lift({ clientX: pressed.x, clientY: pressed.y });
  }
  last = { x: event.clientX, y: event.clientY };
  askFrame();
}

function askFrame() {
  if (isAsked || !carried) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    if (!carried || !last) return;
    if (scrollAlong()) askFrame();
    carried.move(last.x, last.y);
  });
}

// Near the edges of the day what is carried pulls the day along.
function scrollAlong() {
  const board = part("board");
  const box = carried.box;
  if (!box || last.x < box.left || last.x > box.right) return false;
  const down = last.y > box.bottom - EDGE ? 12 : last.y < box.top + EDGE ? -12 : 0;
  const right = last.x > box.right - EDGE ? 12 : last.x < box.left + EDGE ? -12 : 0;
  if (down || right) board.scrollBy(right, down);
  return Boolean(down || right);
}

function release(isDropped = false) {
  clearTimeout(hold);
  const was = carried;
  pressed = null;
  carried = null;
  last = null;
  if (!was) return;
  delete root.dataset.dragging;
  if (isDropped) was.drop();
  was.end();
  after();
}

// The click that ends a drag opens nothing.
function swallow() {
  const stop = (event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  root.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => root.removeEventListener("click", stop, { capture: true }), 50);
}

export function followPointer() {
  root.addEventListener("pointerdown", press);
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", (event) => {
    if (!carried) {
      release();
      return;
    }
    last = { x: event.clientX, y: event.clientY };
    carried.move(last.x, last.y);
    swallow();
    release(true);
  });
  window.addEventListener("pointercancel", () => release());
  // A finger that carries something does not scroll.
  root.addEventListener("touchmove", (event) => carried && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => (carried || pressed?.isTouch) && event.preventDefault());
  root.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !carried) return;
    event.preventDefault();
    release();
  });
}
