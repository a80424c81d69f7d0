// What a drop would do, said while something is held: quick looks at once, the server's answer a moment later.

import { tryMoves } from "./acts.js";
import { make, part } from "./elements.js";
import { state } from "./store.js";

const PAUSE = 80;
let timer = null;
let asked = 0;
let isAsking = false;

export function showLive(words, clashes, moves) {
  const place = part("live");
  place.hidden = false;
  place.dataset.tone = clashes.length ? "bad" : "good";
  const found = make("span", { dataset: { part: "live-found" } }, clashes.length ? `: ${clashes.join("; ")}` : "");
  place.replaceChildren(make("strong", {}, words), found);
  clearTimeout(timer);
  asked += 1;
  if (!moves) return;
  const mine = asked;
  timer = setTimeout(() => askServer(moves, mine), PAUSE);
}

// One question at a time: a slow server is not asked for every place on the way.
async function askServer(moves, mine) {
  if (isAsking) {
    timer = setTimeout(() => askServer(moves, mine), PAUSE);
    return;
  }
  isAsking = true;
  const told = await tryMoves(moves).catch(() => null);
  isAsking = false;
  if (mine !== asked || !told) return;
  const place = part("live");
  const known = new Set(state.conflicts.map((conflict) => conflict.sentence));
  const added = told.conflicts?.filter((conflict) => !known.has(conflict.sentence)) ?? [];
  const gone = told.conflicts ? known.size + added.length - new Set(told.conflicts.map((conflict) => conflict.sentence)).size : 0;
  const words = told.refusal ? [told.refusal] : added.slice(0, 3).map((conflict) => conflict.sentence);
  if (added.length > 3) words.push(`And ${added.length - 3} more.`);
  if (gone > 0) words.push(`${gone} conflict${gone === 1 ? "" : "s"} less.`);
  const isHard = told.refusal || added.some((conflict) => conflict.severity === "hard");
  place.dataset.tone = isHard ? "bad" : added.length ? "amber" : "good";
  const found = place.querySelector("[data-part=live-found]");
  if (found) found.textContent = words.length ? `: ${words.join(" ")}` : ": no conflict";
}

export function hideLive() {
  clearTimeout(timer);
  asked += 1;
  part("live").hidden = true;
}
