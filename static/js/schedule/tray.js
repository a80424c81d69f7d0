// The tray: accepted papers without a place, sessions without a time; found by words, shown by presentation.

import { drawSession } from "./blocks.js";
import { make, part } from "./elements.js";
import { listen, state, untimed } from "./store.js";

const SHOWN = 60;
const search = () => part("tray-search");
let shown = SHOWN;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const folded = new Map();

function textOf(paper) {
  const kept = folded.get(paper.id);
  if (kept?.paper === paper) return kept.text;
  const words = [`#${paper.number}`, paper.title, ...paper.authors, paper.presentation, paper.track, paper.topic, ...paper.keywords];
  const text = fold(words.filter(Boolean).join(" "));
  folded.set(paper.id, { paper, text });
  return text;
}

// Every word has to be found: in title, authors, number, topic, presentation.
export function findPapers(papers, words, presentation) {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  return papers.filter((paper) => (!presentation || paper.presentation === presentation) && wanted.every((word) => textOf(paper).includes(word)));
}

export function drawTray() {
  const papers = state.tray.map((id) => state.papers.get(id)).filter(Boolean);
  const choice = part("tray-presentation");
  fillChoice(choice, papers);
  const found = findPapers(papers, search().value, choice.value);
  part("tray-count").textContent = found.length === papers.length ? String(papers.length) : `${found.length} of ${papers.length}`;
  part("tray-papers").replaceChildren(...found.slice(0, shown).map(drawPaper));
  part("tray-more").hidden = found.length <= shown;
  part("tray-empty").hidden = found.length > 0;
  part("tray-empty").textContent = papers.length ? "No paper in the tray fits." : "Every accepted paper has a place.";
  const open = untimed();
  part("untimed").hidden = open.length === 0;
  part("untimed-list").replaceChildren(...open.map((session) => make("li", {}, drawSession(session, { isLine: true }))));
}

function fillChoice(choice, papers) {
  const counts = Map.groupBy(papers, (paper) => paper.presentation);
  const wanted = [...counts.keys()].filter(Boolean).sort();
  const chosen = choice.value;
  choice.replaceChildren(new Option(`All (${papers.length})`, ""), ...wanted.map((name) => new Option(`${name} (${counts.get(name).length})`, name)));
  choice.value = wanted.includes(chosen) ? chosen : "";
}

function drawPaper(paper) {
  const facts = [paper.authors.join(", "), paper.presentation, paper.topic].filter(Boolean).join(" · ");
  const label = `#${paper.number} ${paper.title}, ${facts}`;
  const button = make("button", { type: "button", class: "slot is-tray", tabIndex: -1, "aria-label": label, dataset: { item: `paper-${paper.id}` } },
    make("span", { class: "slot-lead" }, `#${paper.number}`), make("span", { class: "slot-name" }, paper.title), make("span", { class: "slot-people" }, facts));
  return make("li", {}, button);
}

export function followTray() {
  search().addEventListener("input", () => {
    shown = SHOWN;
    drawTray();
  });
  part("tray-presentation").addEventListener("change", drawTray);
  part("tray-more").addEventListener("click", () => {
    shown += 200;
    drawTray();
  });
  listen(drawTray);
}
