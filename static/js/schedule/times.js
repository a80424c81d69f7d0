// Instants as milliseconds, shown in a zone; minutes are the editor's unit.

export const MINUTE = 60_000;
export const STEP = 5;

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    const timeZone = zone === "AoE" ? "Etc/GMT+12" : zone;
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    formats.set(zone, new Intl.DateTimeFormat("en-US", { timeZone, ...digits }));
  }
  return formats.get(zone);
}

function split(at, zone) {
  return Object.fromEntries(format(zone).formatToParts(at).map(({ type, value }) => [type, value]));
}

export const read = (text) => (text ? Date.parse(text) : null);

// The time of day, without a leading zero as everywhere in the product: 9:30.
export function clock(at, zone) {
  const { hour, minute } = split(at, zone);
  return `${Number(hour)}:${minute}`;
}

export function date(at, zone) {
  const { year, month, day } = split(at, zone);
  return `${year}-${month}-${day}`;
}

export function span(starts, ends, zone) {
  return ends === null || ends === starts ? clock(starts, zone) : `${clock(starts, zone)}–${clock(ends, zone)}`;
}

// A date that people read: Wed, Jun 17.
export function nameDate(on) {
  return new Date(`${on}T12:00:00Z`).toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" });
}

// Instants go to the server in UTC, so that an hour that clocks show twice is never meant wrongly.
export const write = (at) => new Date(at).toISOString().replace(".000Z", "Z");

export const snap = (minutes, step = STEP) => Math.round(minutes / step) * step;

export function length(minutes) {
  if (!minutes) return "";
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h${minutes % 60 ? ` ${minutes % 60}` : ""}` : `${minutes} min`;
}

export function isZone(zone) {
  try {
    return Boolean(format(zone));
  } catch {
    return false;
  }
}
