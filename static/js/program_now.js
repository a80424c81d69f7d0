// What runs now and what is next, by the visitor's clock; where today is in the program.

const panel = document.querySelector("[data-now]");
const SOON = 12 * 3600;

function listSessions() {
  return [...document.querySelectorAll(".program-session[data-starts]")].map((element) => ({
    element,
    starts: Number(element.dataset.starts),
    ends: Number(element.dataset.ends ?? element.dataset.starts),
  }));
}

function tellSpan(seconds) {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h${minutes % 60 ? ` ${minutes % 60} min` : ""}` : `${minutes} min`;
}

function tellLine(word, sessions, tell) {
  const line = document.createElement("p");
  const head = document.createElement("span");
  head.className = "badge is-info";
  head.textContent = word;
  line.append(head);
  for (const session of sessions) {
    const way = document.createElement("a");
    way.href = `#${session.element.id}`;
    way.textContent = session.element.querySelector("h3").textContent;
    const facts = document.createElement("span");
    facts.className = "muted";
    facts.textContent = [session.element.dataset.room, tell(session)].filter(Boolean).join(", ");
    line.append(way, facts);
  }
  return line;
}

function markToday(zone, now) {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone === "AoE" ? "Etc/GMT+12" : zone }).format(now * 1000);
  for (const chip of document.querySelectorAll("[data-day]")) {
    if (chip.dataset.day === today) chip.setAttribute("aria-current", "date");
    else chip.removeAttribute("aria-current");
  }
}

function showNow() {
  const now = Date.now() / 1000;
  const sessions = listSessions();
  const running = sessions.filter((session) => session.starts <= now && now < session.ends);
  const later = sessions.filter((session) => session.starts > now && session.starts - now < SOON);
  const soonest = Math.min(...later.map((session) => session.starts));
  const next = later.filter((session) => session.starts === soonest);
  for (const { element, starts, ends } of sessions) {
    const isNow = starts <= now && now < ends;
    element.classList.toggle("is-now", isNow);
    if (isNow) element.setAttribute("aria-current", "time");
    else element.removeAttribute("aria-current");
  }
  markToday(document.querySelector("[data-program]").dataset.zone, now);
  const lines = [];
  if (running.length) lines.push(tellLine("Now", running, (session) => `${tellSpan(session.ends - now)} left`));
  if (next.length) lines.push(tellLine("Next", next, (session) => `in ${tellSpan(session.starts - now)}`));
  panel.replaceChildren(...lines);
  panel.hidden = !lines.length;
}

if (panel && document.querySelector("[data-program]")) {
  showNow();
  setInterval(showNow, 15000);
  document.addEventListener("program:brought", showNow);
}
