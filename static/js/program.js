// Finds in the public program as one types, and shows its times in another zone. The page is whole without it.

const form = document.querySelector("[data-program-picks]");
let program = document.querySelector("[data-program]");
const status = document.querySelector("[data-program-count]");
const empty = document.querySelector("[data-program-empty]");
const mistake = document.querySelector("[data-zone-mistake]");
const mine = document.querySelector("[data-zone-mine]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const texts = new WeakMap();
let onlyStarred = null;

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

function textOf(element, parts) {
  if (!texts.has(element)) texts.set(element, fold([...element.querySelectorAll(parts)].map((part) => part.textContent).join(" ")));
  return texts.get(element);
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Filters, by the same rules as program/public_page/picks.py.

function readPicks() {
  const picks = Object.fromEntries(["q", "day", "kind", "room", "track", "presentation"].map((name) => [name, form.elements[name]?.value ?? ""]));
  return { ...picks, words: fold(picks.q).split(" ").filter(Boolean) };
}

function showSession(session, picks, day) {
  const meant = (!picks.day || day === picks.day) && (!picks.kind || session.dataset.kind === picks.kind) && (!picks.room || session.dataset.room === picks.room);
  const told = textOf(session, "h3, .program-person");
  let count = 0;
  for (const item of session.querySelectorAll(".program-items > li")) {
    const text = picks.words.length ? `${told} ${textOf(item, ".program-item")}` : "";
    item.hidden = !(
      meant &&
      (!picks.track || item.dataset.track === picks.track) &&
      (!picks.presentation || item.dataset.presentation === picks.presentation) &&
      (!onlyStarred || onlyStarred.has(session.dataset.uid) || onlyStarred.has(item.dataset.uid)) &&
      picks.words.every((word) => text.includes(word))
    );
    count += !item.hidden;
  }
  const itself = meant && !picks.track && !picks.presentation && (!onlyStarred || onlyStarred.has(session.dataset.uid));
  session.hidden = !(count || (itself && picks.words.every((word) => told.includes(word))));
  return { session: !session.hidden, count };
}

function applyPicks() {
  const picks = readPicks();
  let sessions = 0;
  let items = 0;
  for (const day of program.querySelectorAll(".program-day")) {
    let shown = 0;
    for (const session of day.querySelectorAll(".program-session")) {
      const found = showSession(session, picks, day.dataset.on);
      shown += found.session;
      items += found.session ? found.count : 0;
    }
    day.hidden = !shown;
    sessions += shown;
  }
  const isPicked = Boolean(onlyStarred || picks.words.length || picks.day || picks.kind || picks.room || picks.track || picks.presentation);
  empty.hidden = sessions > 0;
  status.textContent = isPicked ? `${sessions} sessions with ${items} papers and talks` : "";
}

function writeAddress() {
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, "", `${location.pathname}${said.size ? `?${said}` : ""}${location.hash}`);
}

// A page that was asked for with filters holds only a part; the rest comes once somebody asks for something else.
async function bringWhole() {
  if (!("partial" in program.dataset)) return;
  const answer = await fetch(location.pathname);
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-program]");
  form.elements.items?.remove();
  program.replaceWith(whole);
  program = whole;
  document.dispatchEvent(new Event("program:brought"));
}

async function pickAgain() {
  await bringWhole();
  applyPicks();
  writeAddress();
}

// Times in another zone beside the workshop's.

function makeClock(zone) {
  const fields = { hour: "2-digit", minute: "2-digit", weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" };
  const format = new Intl.DateTimeFormat("en-US", { ...fields, timeZone: zone === "AoE" ? "Etc/GMT+12" : zone });
  return (seconds, on) => {
    const at = Object.fromEntries(format.formatToParts(seconds * 1000).map((part) => [part.type, part.value]));
    const clock = `${Number(at.hour)}:${at.minute}`;
    return `${at.year}-${at.month}-${at.day}` === on ? clock : `${at.weekday} ${clock}`;
  };
}

function findClock(zone) {
  try {
    return makeClock(zone);
  } catch {
    return null;
  }
}

function showTimes(zone) {
  const said = zone.trim();
  const clock = said && said !== program.dataset.zone ? findClock(said) : null;
  for (const old of program.querySelectorAll(".also")) old.remove();
  document.querySelector("[data-zone-said]").hidden = !clock;
  document.querySelector("[data-zone-name]").textContent = said;
  mistake.textContent = said && !findClock(said) ? `There is no time zone “${said}”; choose one of the list, for example Europe/Berlin.` : "";
  form.elements.zone.toggleAttribute("aria-invalid", Boolean(mistake.textContent));
  mine.querySelector("span").textContent = said === own ? "Hide my zone" : "My zone";
  if (!clock) return;
  for (const day of program.querySelectorAll(".program-day")) {
    for (const timed of day.querySelectorAll("[data-starts]")) {
      const place = timed.querySelector(":scope > .program-time, :scope > .program-place");
      if (!place) continue;
      const also = document.createElement("span");
      also.className = "also";
      also.textContent = clock(Number(timed.dataset.starts), day.dataset.on);
      place.append(also);
    }
  }
}

function chooseZone(zone) {
  form.elements.zone.value = zone;
  remember("program-zone", zone);
  showTimes(zone);
  writeAddress();
}

function isElsewhere() {
  const first = program.querySelector("[data-starts]");
  const [here, there] = [makeClock(own), makeClock(program.dataset.zone)];
  return Boolean(first) && here(Number(first.dataset.starts)) !== there(Number(first.dataset.starts));
}

function startZones() {
  const zones = ["AoE", ...(Intl.supportedValuesOf?.("timeZone") ?? [])];
  document.getElementById("program-zones").replaceChildren(...zones.map((zone) => new Option(zone, zone)));
  mine.hidden = own === program.dataset.zone;
  const said = form.elements.zone.value;
  const kept = recall("program-zone");
  if (!said && (kept ?? (isElsewhere() ? own : ""))) form.elements.zone.value = kept ?? own;
  if (!mistake.textContent.trim()) showTimes(form.elements.zone.value);
  mine.addEventListener("click", () => chooseZone(form.elements.zone.value === own ? "" : own));
}

if (form && program) {
  for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
  startZones();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name !== "zone") pickAgain();
  });
  form.elements.zone.addEventListener("change", () => chooseZone(form.elements.zone.value));
  document.addEventListener("program:brought", () => showTimes(form.elements.zone.value));
  document.addEventListener("program:starred", async (event) => {
    onlyStarred = event.detail;
    await bringWhole();
    applyPicks();
  });
}
