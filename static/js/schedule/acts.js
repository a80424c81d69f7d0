// What people do goes to the server one act after the other; what is refused or does not get through stays to be tried again.

import { make, part, root, say } from "./elements.js";
import { everyUid, listen, revisionsOf, state, takeDraft, takeEdits, takeSince, tell } from "./store.js";

const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
const WIDE = new Set(["shift", "clear", "apply-template", "copy-day"]);
const undoable = [];
const redoable = [];
const kept = [];
let running = Promise.resolve();
let isAsking = false;
let isAway = false;

async function ask(name, body) {
  const address = root.dataset[name];
  const request = body
    ? { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body) }
    : { headers: { Accept: "application/json" } };
  const answer = await fetch(address, { ...request, credentials: "same-origin" });
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  if (answer.redirected || !isJson || answer.status >= 500) throw new Error(answer.redirected ? "You are signed out." : `The server answered ${answer.status}.`);
  return { status: answer.status, told: await answer.json() };
}

// Does moves as one edit. `words` name them while they wait or when they can't be done. Resolves to whether they were done.
// `rows` are those that were before somebody's eyes when they began; else what is known now counts as seen.
export function act(moves, { words = "", form = null, rows = [] } = {}) {
  const wanted = { moves, form, words, rows };
  const done = running.then(() => send(wanted));
  running = done.catch(() => {});
  return done;
}

async function send(wanted) {
  const { moves, form, rows } = wanted;
  const named = form ? form.map(([, value]) => value) : moves.flatMap((move) => Object.values(move));
  const isWide = form ? form.some(([name, value]) => name === "move" && WIDE.has(value)) : moves.some((move) => WIDE.has(move.move));
  const seen = revisionsOf(isWide ? everyUid() : named.filter((value) => typeof value === "string"));
  for (const row of rows) seen[row.uid] = row.revision;
  return answer(wanted, "moves", { ...(form ? { form } : { moves }), seen, since: state.edit });
}

async function answer(wanted, name, body) {
  root.dataset.busy = "";
  try {
    const { status, told } = await ask(name, body);
    back();
    takeSince(told.since);
    if (status === 200) {
      settleDone(wanted, told);
      return true;
    }
    refuse(wanted, told);
  } catch (problem) {
    lose(wanted, problem);
  } finally {
    delete root.dataset.busy;
  }
  tell();
  return false;
}

function settleDone(wanted, told) {
  if (told.edit && wanted.turns === undefined) {
    undoable.push(told.edit);
    redoable.length = 0;
  }
  if (wanted.turns === "undo") redoable.push(wanted.number);
  if (wanted.turns === "redo") undoable.push(wanted.number);
  drop(wanted);
  const stayed = (told.stayed ?? []).join(" ");
  show("done", told.edit ? told.words : "Nothing to change: it is so already.", stayed);
  showTurns();
}

function refuse(wanted, told) {
  if (wanted.turns === "undo") undoable.push(wanted.number);
  if (wanted.turns === "redo") redoable.push(wanted.number);
  const isStale = told.stale?.length > 0;
  show(isStale ? "stale" : "refused", told.sentence, (told.reasons ?? []).join(" "), isStale && !wanted.turns ? wanted : null);
  for (const uid of told.stale ?? []) root.dispatchEvent(new CustomEvent("flash", { detail: uid }));
}

// Without an answer it is tried again by itself; a server that fails over it is asked again by a person alone.
function lose(wanted, problem) {
  wanted.isLost = problem instanceof TypeError;
  isAway = wanted.isLost;
  if (!kept.includes(wanted)) kept.push(wanted);
  const reason = wanted.isLost ? "The server can't be reached." : problem.message;
  const more = wanted.isLost ? "It is tried again as soon as the server answers." : "It waits here until you try it again.";
  show("lost", `${reason} Not kept yet: ${wanted.words || "what you did last"}.`, more, wanted);
}

function back() {
  if (!isAway) return;
  isAway = false;
  say("The server answers again.");
}

const lines = () => [...part("told").children];

function drop(wanted) {
  kept.splice(0, kept.length, ...kept.filter((one) => one !== wanted));
  for (const line of lines()) if (line.wanted === wanted) line.remove();
}

function repeat(wanted) {
  drop(wanted);
  if (wanted.turns) return wanted.turns === "undo" ? undo(wanted.number) : redo(wanted.number);
  wanted.rows = [];
  wanted.form = wanted.form?.filter(([name]) => name !== "seen") ?? null;
  running = running.then(() => send(wanted)).catch(() => {});
  return running;
}

// A sentence on what was done, or why not; what was wanted stays beside it until it is tried again or let go.
export function show(tone, sentence, more = "", wanted = null) {
  const place = part("told");
  const tones = { done: "good", refused: "bad", stale: "amber", lost: "bad", other: "info" };
  const line = make("div", { class: `notice is-${tones[tone]}`, dataset: { told: tone }, wanted });
  for (const old of lines()) if (!old.wanted || old.wanted === wanted) old.remove();
  line.append(make("div", {}, make("span", {}, sentence), more ? make("span", { class: "small soft" }, ` ${more}`) : "", wanted?.words && tone === "stale" ? make("span", { class: "small soft" }, ` You wanted: ${wanted.words}`) : ""));
  if (wanted) line.append(make("button", { type: "button", class: "button is-small", onclick: () => repeat(wanted) }, "Try again"));
  const close = make("button", { type: "button", class: "button is-small is-quiet", onclick: () => (wanted ? drop(wanted) : line.remove()) }, wanted ? "Let it go" : "Close");
  line.append(close);
  place.append(line);
  clearTimeout(show.timer);
  if (tone === "done" || tone === "other") show.timer = setTimeout(() => line.remove(), 8000);
  say(`${sentence} ${more}`.trim());
}

function turn(name, from, number) {
  const chosen = number ?? from.at(-1);
  if (chosen === undefined) return Promise.resolve(say(name === "undo" ? "Nothing to undo." : "Nothing to do again."));
  const at = from.lastIndexOf(chosen);
  if (at >= 0) from.splice(at, 1);
  const wanted = { turns: name, number: chosen, words: name === "undo" ? "undo" : "do again" };
  const done = running.then(() => answer(wanted, name, { edit: chosen, since: state.edit })).finally(showTurns);
  running = done.catch(() => {});
  return done;
}

export const undo = (number) => turn("undo", undoable, number);
export const redo = (number) => turn("redo", redoable, number);

function showTurns() {
  for (const [name, list] of [["undo", undoable], ["redo", redoable]]) {
    part(name).setAttribute("aria-disabled", String(list.length === 0));
  }
}

export async function tryMoves(moves) {
  const { status, told } = await ask("moves", { moves, try: true });
  return status === 200 ? told : { conflicts: null, refusal: told.sentence };
}

export async function load() {
  const { told } = await ask("draft");
  takeDraft(told);
  const address = `${root.dataset.edits}?since=${Math.max(0, told.edit - 30)}`;
  const recent = await (await fetch(address)).json();
  takeEdits(recent.edits);
  for (const edit of state.edits) {
    if (edit.by_me && edit.undone_by === null && !/^(Undid|Did again): /.test(edit.words)) undoable.push(edit.number);
  }
  showTurns();
  tell();
}

// Asks what others did: every two seconds while somebody looks. What got lost on its way is sent again when the server is back,
// unless an edit of one's own came meanwhile: it may be that very act, so a person has to look.
export async function poll() {
  if (isAsking || document.hidden || !state.workshop) return;
  isAsking = true;
  try {
    const answer = await fetch(`${root.dataset.edits}?since=${state.edit}`);
    if (!answer.ok || answer.redirected) throw new Error(`The server answered ${answer.status}.`);
    const since = await answer.json();
    const lost = kept.find((wanted) => wanted.isLost);
    back();
    const others = since.edit > state.edit ? since.edits.filter((edit) => !edit.by_me) : [];
    const own = since.edit > state.edit && since.edits.some((edit) => edit.by_me);
    takeSince(since);
    if (others.length) show("other", others.map((edit) => `${edit.by || "Somebody"}: ${edit.words}`).join(" "));
    if (lost && !own) await repeat(lost);
    else if (lost) {
      lost.isLost = false;
      show("lost", `An edit of yours came through: ${state.edits.at(-1).words}`, "Look whether it is the one that got lost.", lost);
    }
  } catch {
    isAway = true;
    part("away").hidden = false;
  } finally {
    isAsking = false;
    part("away").hidden = !isAway;
  }
}

export function follow() {
  setInterval(poll, 2000);
  for (const name of ["focus", "online"]) window.addEventListener(name, poll);
  document.addEventListener("visibilitychange", poll);
  part("undo").addEventListener("click", () => undo());
  part("redo").addEventListener("click", () => redo());
  listen(showTurns);
  window.addEventListener("beforeunload", (event) => {
    if (kept.length) event.preventDefault();
  });
}
