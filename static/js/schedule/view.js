// What of the schedule is looked at: day, grid or list, zoom, second zone, chosen item. It stands in the address, so it can be sent.

import { dates, state } from "./store.js";

export const ZOOMS = [0.9, 1.5, 2.4, 4];
const narrow = window.matchMedia("(width < 48rem)");
const asked = new URLSearchParams(location.search);

export const view = {
  date: asked.get("day"),
  shape: asked.get("shape"),
  zoom: Math.min(Math.max(Number(asked.get("zoom") ?? 1), 0), ZOOMS.length - 1) || 0,
  zone: asked.get("zone") ?? "",
  item: asked.get("item"),
};

export const pixels = () => ZOOMS[view.zoom];

// One room needs no columns, and a telephone has no place for them.
export const shape = () => (narrow.matches ? "list" : (view.shape ?? (state.rooms.size > 1 ? "grid" : "list")));

export function settleDate() {
  const all = dates();
  if (!all.includes(view.date)) view.date = all[0] ?? null;
  return all;
}

export function keepView() {
  const query = new URLSearchParams();
  if (view.date) query.set("day", view.date);
  if (view.shape) query.set("shape", view.shape);
  if (view.zoom !== 1) query.set("zoom", String(view.zoom));
  if (view.zone) query.set("zone", view.zone);
  if (view.item) query.set("item", view.item);
  history.replaceState(null, "", `${location.pathname}?${query}`);
}

export const onNarrow = (listener) => narrow.addEventListener("change", listener);
