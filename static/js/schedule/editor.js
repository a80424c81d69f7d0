// The editor of a schedule: draws the day, follows hand and keys, and what others do meanwhile.

import { follow, load, show } from "./acts.js";
import { followDialogs } from "./dialogs.js";
import { followPointer, isDragging, onDropped } from "./drag.js";
import { make, part, root } from "./elements.js";
import { drawGrid } from "./grid.js";
import { choose, followItems, showChosen } from "./items.js";
import { drawList } from "./list.js";
import { followSide } from "./side.js";
import { dateOf, dayOn, listen, nameItem, state, zone } from "./store.js";
import { isZone, nameDate } from "./times.js";
import { followTray } from "./tray.js";
import { keepView, onNarrow, settleDate, shape, view, ZOOMS } from "./view.js";

let isWaiting = false;

function drawTabs(all) {
  const tabs = all.map((on) =>
    make("button", { type: "button", class: "chip", dataset: { day: on }, "aria-current": on === view.date ? "date" : undefined }, nameDate(on), dayOn(on) ? "" : " (no day)"),
  );
  part("days").replaceChildren(...tabs);
}

function draw(changed = new Set(), edits = []) {
  if (isDragging()) {
    isWaiting = true;
    return;
  }
  isWaiting = false;
  const focused = document.activeElement?.closest?.("[data-item]")?.dataset.item;
  const board = part("board");
  const [left, top] = [board.scrollLeft, board.scrollTop];
  const all = settleDate();
  drawTabs(all);
  root.dataset.shape = shape();
  part("board-empty").hidden = all.length > 0;
  board.hidden = all.length === 0;
  if (view.date) board.replaceChildren(shape() === "list" ? drawList(view.date) : drawGrid(view.date));
  board.scrollTo(left, top);
  showControls();
  showChosen();
  if (focused) root.querySelector(`[data-item="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const others = edits.filter((edit) => !edit.by_me);
  if (others.length) for (const uid of changed) flash(uid, others.at(-1).by);
}

function flash(uid, by = "") {
  const shown = root.querySelector(`[data-session="${CSS.escape(uid)}"], [data-slot="${CSS.escape(uid)}"]`);
  if (!shown) return;
  shown.classList.add("is-flashed");
  if (by) shown.dataset.by = by;
  setTimeout(() => {
    shown.classList.remove("is-flashed");
    delete shown.dataset.by;
  }, 4000);
}

function showControls() {
  for (const button of root.querySelectorAll("[data-shape-choice]")) button.setAttribute("aria-pressed", String(button.dataset.shapeChoice === shape()));
  part("zoom-out").disabled = view.zoom === 0;
  part("zoom-in").disabled = view.zoom === ZOOMS.length - 1;
  part("zone").textContent = `Times in ${zone()}${view.zone ? `, beside them ${view.zone}` : ""}`;
}

function change(values) {
  Object.assign(view, values);
  keepView();
  draw();
}

// Shows items wherever they are: their day first, then the place on it.
function showItems(uids) {
  const keys = uids.flatMap((uid) => (uid.startsWith("paper-") ? [...state.slots.values()].filter((slot) => `paper-${slot.paper}` === uid).map((slot) => slot.uid).concat(uid) : [uid]));
  const session = keys.map((uid) => state.sessions.get(uid) ?? state.sessions.get(state.slots.get(uid)?.session)).find(Boolean);
  const on = session && dateOf(session);
  if (on && on !== view.date) change({ date: on });
  const found = keys.map((uid) => root.querySelector(`[data-item="${CSS.escape(uid)}"]`)).find(Boolean);
  for (const uid of keys) flash(uid);
  if (!found) {
    show("other", `${nameItem(keys[0]) || "This"} is not on a day that can be shown.`);
    return;
  }
  choose(found.dataset.item, { focus: true });
  found.scrollIntoView({ block: "center", inline: "center" });
}

function followControls() {
  root.addEventListener("click", (event) => {
    const day = event.target.closest("[data-day]");
    if (day) change({ date: day.dataset.day });
    const choice = event.target.closest("[data-shape-choice]");
    if (choice) change({ shape: choice.dataset.shapeChoice });
    const shown = event.target.closest("[data-show]");
    if (shown) showItems(shown.dataset.show.split(" ").filter(Boolean));
  });
  part("zoom-in").addEventListener("click", () => change({ zoom: Math.min(view.zoom + 1, ZOOMS.length - 1) }));
  part("zoom-out").addEventListener("click", () => change({ zoom: Math.max(view.zoom - 1, 0) }));
  part("second-zone").value = view.zone;
  part("second-zone").addEventListener("change", (event) => {
    const wanted = event.target.value.trim();
    if (wanted && !isZone(wanted)) show("refused", `“${wanted}” is no time zone; write one as Europe/Berlin.`);
    else change({ zone: wanted });
  });
  root.addEventListener("flash", (event) => flash(event.detail));
}

async function start() {
  if (view.zone && !isZone(view.zone)) view.zone = "";
  listen(draw);
  followTray();
  followSide();
  followControls();
  followItems();
  followDialogs();
  followPointer();
  onDropped(() => isWaiting && draw());
  onNarrow(() => draw());
  try {
    await load();
  } catch (problem) {
    show("lost", `The schedule can't be loaded: ${problem.message}`, "Load the page again.");
    return;
  }
  follow();
  root.dataset.ready = "";
}

start();
