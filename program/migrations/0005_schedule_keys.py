"""Give sessions and slots their keys, and rooms of their own to the names that sessions had."""

from typing import Any

from django.db import migrations

from program.models.keyed import make_uid


def fill(apps: Any, schema_editor: Any) -> None:
    """Keep the keys that calendars know; make one room of each name."""
    Session, Slot, Room = (apps.get_model("program", name) for name in ("Session", "Slot", "Room"))
    rooms: dict[tuple[int, str], int] = {}
    for session in Session.objects.order_by("workshop_id", "starts_at", "position", "pk"):
        session.uid = f"session-{session.position}"
        if session.room_name:
            key = (session.workshop_id, session.room_name)
            if key not in rooms:
                position = sum(workshop == session.workshop_id for workshop, _ in rooms) + 1
                room = Room.objects.create(workshop_id=session.workshop_id, uid=make_uid(), name=session.room_name, position=position)
                rooms[key] = room.pk
            session.room_id = rooms[key]
        session.save(update_fields=["uid", "room_id"])
    for slot in Slot.objects.order_by("pk"):
        slot.uid = make_uid()
        slot.save(update_fields=["uid"])


def put_names_back(apps: Any, schema_editor: Any) -> None:
    """Write the name of each session's room into the session again."""
    for session in apps.get_model("program", "Session").objects.exclude(room=None).select_related("room"):
        session.room_name = session.room.name
        session.save(update_fields=["room_name"])


class Migration(migrations.Migration):
    dependencies = [("program", "0004_schedule_model")]

    operations = [migrations.RunPython(fill, put_names_back)]
