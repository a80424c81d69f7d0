"""Keeps what the world sees of released schedules as their version 1."""

import datetime as dt
from typing import Any

from django.db import migrations

ORDER = ("day", "room", "boards", "session", "slot")


def _tell(at: dt.datetime | None) -> str | None:
    """Return an instant as rows of versions have it."""
    if at is None:
        return None
    told = at.astimezone(dt.UTC).isoformat(timespec="microseconds" if at.microsecond else "seconds")
    return told.removesuffix("+00:00") + "Z"


def _day(day: Any) -> dict[str, Any]:
    return {"row": "day", "uid": day.uid, "on": day.on.isoformat(), "starts_at": _tell(day.starts_at), "ends_at": _tell(day.ends_at)}


def _room(room: Any) -> dict[str, Any]:
    closures = [
        {"starts_at": _tell(one.starts_at), "ends_at": _tell(one.ends_at), "reason": one.reason}
        for one in room.closures.order_by("starts_at", "ends_at")
    ]
    told = {name: getattr(room, name) for name in ("uid", "position", "name", "capacity")}
    return {"row": "room", **told, "kinds": list(room.kinds), "link": room.link, "closures": closures}


def _boards(boards: Any) -> dict[str, Any]:
    return {"row": "boards", **{name: getattr(boards, name) for name in ("uid", "first", "last", "prefix", "rule", "topic")}}


def _session(session: Any) -> dict[str, Any]:
    names = ("uid", "position", "kind", "label", "title")
    marks = ("link", "is_parallel", "is_streamed", "is_pinned", "note")
    return {
        "row": "session",
        **{name: getattr(session, name) for name in names},
        "starts_at": _tell(session.starts_at),
        "minutes": session.minutes,
        "room": session.room.uid if session.room else "",
        **{name: getattr(session, name) for name in marks},
        "people": [{"person": part.person_id, "part": part.kind} for part in session.parts.order_by("position", "pk")],
        "awaited": [{"paper": one["paper"], "position": one["position"], "minutes": one["minutes"]} for one in session.awaited_papers],
    }


def _slot(slot: Any) -> dict[str, Any]:
    return {
        "row": "slot",
        "uid": slot.uid,
        "session": slot.session.uid,
        "position": slot.position,
        "kind": slot.kind,
        "paper": slot.paper_id,
        "title": slot.title,
        "person": slot.person_id,
        "minutes": slot.minutes,
        "question_minutes": slot.question_minutes,
        "is_pinned": slot.is_pinned,
        "board": slot.board,
        "reference": slot.reference,
    }


def keep_first_versions(apps: Any, schema_editor: Any) -> None:
    """Make version 1 of every released schedule that has none, from its rows as they stand."""
    version = apps.get_model("program", "ScheduleVersion")
    slots = apps.get_model("program", "Slot").objects.select_related("session")
    for release in apps.get_model("program", "ScheduleRelease").objects.select_related("workshop").order_by("pk"):
        workshop = release.workshop
        if version.objects.filter(workshop=workshop).exists():
            continue
        rows = [
            *map(_day, workshop.days.all()),
            *map(_room, workshop.rooms.all()),
            *map(_boards, workshop.board_ranges.all()),
            *map(_session, workshop.sessions.select_related("room")),
            *map(_slot, slots.filter(session__workshop=workshop)),
        ]
        rows.sort(key=lambda row: (ORDER.index(row["row"]), row["uid"]))
        last = workshop.schedule_edits.order_by("-number").first()
        version.objects.create(
            workshop=workshop, number=1, at=release.released_at, by=release.by, rows=rows, edit=last.number if last else 0
        )


class Migration(migrations.Migration):
    dependencies = [
        ("program", "0008_filling"),
    ]

    operations = [
        migrations.RunPython(keep_first_versions, migrations.RunPython.noop),
    ]
