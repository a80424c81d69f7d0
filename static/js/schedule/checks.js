// Quick looks at one session where it is held just now: what the browser can tell without asking. The server tells the rest.

import { dayOn, endOf, sessionsOn, startOf, state, zone } from "./store.js";
import { clock, read } from "./times.js";

export function findClashes(session, { starts, ends, room }, on) {
  const found = [];
  const day = dayOn(on);
  if (day && (starts < read(day.starts_at) || ends > read(day.ends_at))) {
    found.push(`outside the day, ${clock(read(day.starts_at), zone())} to ${clock(read(day.ends_at), zone())}`);
  }
  for (const closure of state.rooms.get(room)?.closures ?? []) {
    if (starts < read(closure.ends_at) && ends > read(closure.starts_at)) found.push(`the room is closed${closure.reason ? `: ${closure.reason}` : ""}`);
  }
  for (const other of sessionsOn(on)) {
    if (other.uid === session.uid || starts >= endOf(other) || ends <= startOf(other)) continue;
    if (other.room === room) found.push(`overlaps ${other.name}`);
    else if (sharesPeople(session, other)) found.push(`somebody is in ${other.name} then`);
  }
  return found;
}

function sharesPeople(session, other) {
  return session.people.some(({ person }) => other.people.some((one) => one.person === person));
}
