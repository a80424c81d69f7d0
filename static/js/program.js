// The program in the reader's own zone beside the workshop's, and what runs now. The page is whole without it.

const table = document.querySelector("[data-program]");
const rows = [...(table?.querySelectorAll("[data-starts]") ?? [])];
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", weekday: "short" });

function wall(instant, timeZone) {
  return new Intl.DateTimeFormat("en-US", { timeZone, hour: "numeric", minute: "numeric", day: "numeric" }).format(instant);
}

function showReaderTimes() {
  const differs = rows.some((row) => {
    const offset = row.dataset.starts.slice(-6);
    const local = -new Date(row.dataset.starts).getTimezoneOffset();
    const [hours, minutes] = offset.slice(1).split(":").map(Number);
    return (offset[0] === "-" ? -1 : 1) * (hours * 60 + minutes) !== local;
  });
  if (!differs || !wall(new Date(), zone)) return;
  const head = table.querySelector("[data-reader-zone]");
  head.textContent = `Yours, ${zone}`;
  head.hidden = false;
  for (const row of rows) {
    const cell = row.querySelector("[data-reader-time]");
    cell.textContent = clock.format(new Date(row.dataset.starts));
    cell.hidden = false;
  }
}

function markNow() {
  const now = Date.now();
  rows.forEach((row, place) => {
    const start = Date.parse(row.dataset.starts);
    const minutes = Number(row.dataset.minutes);
    const next = rows[place + 1] ? Date.parse(rows[place + 1].dataset.starts) : start + 3600000;
    const isNow = start <= now && now < (minutes ? start + minutes * 60000 : next);
    row.classList.toggle("is-cursor", isNow);
    if (isNow) row.setAttribute("aria-current", "time");
    else row.removeAttribute("aria-current");
  });
}

if (rows.length) {
  showReaderTimes();
  markNow();
  setInterval(markNow, 30000);
}
