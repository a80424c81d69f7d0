from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("program", "0005_schedule_keys"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("uid",), name="slot_uid_once"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("session", "board"), name="board_once"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "paper"), ("paper__isnull", False), ("person__isnull", True), ("title", "")),
                    models.Q(models.Q(("kind", "paper"), _negated=True), ("paper__isnull", True), models.Q(("title", ""), _negated=True)),
                    _connector="OR",
                ),
                name="slot_paper_or_talk",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__isnull", True), ("minutes__gt", 0), _connector="OR"), name="slot_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("question_minutes__isnull", True),
                    ("minutes__isnull", True),
                    ("question_minutes__lte", models.F("minutes")),
                    _connector="OR",
                ),
                name="slot_holds_questions",
            ),
        ),
        migrations.RemoveField(
            model_name="session",
            name="room_name",
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("workshop", "uid"), name="session_uid_once"),
        ),
    ]
