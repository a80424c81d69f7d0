// A day as one list: times, durations, what each session holds; gaps between them are told.

import { drawSession } from "./blocks.js";
import { make } from "./elements.js";
import { endOf, sessionsOn, startOf, state } from "./store.js";
import { length, MINUTE } from "./times.js";

export function drawList(on) {
  const sessions = sessionsOn(on);
  const list = make("ol", { class: "track", "aria-label": `Sessions of ${on}` });
  const isOneTrack = state.rooms.size < 2;
  let end = null;
  for (const session of sessions) {
    const gap = end === null ? 0 : (startOf(session) - end) / MINUTE;
    if (isOneTrack && gap > 0) list.append(make("li", { class: "track-gap" }, `${length(gap)} free`));
    list.append(make("li", { class: "track-line" }, drawSession(session, { isLine: true })));
    end = Math.max(end ?? 0, endOf(session));
  }
  return list;
}
