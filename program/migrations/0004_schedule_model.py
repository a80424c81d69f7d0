import django.db.models.deletion
import program.models.keyed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0018_personal_link"),
        ("program", "0003_people_invited"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=program.models.keyed.make_uid, editable=False, max_length=40)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("prefix", models.CharField(blank=True, max_length=10)),
                ("rule", models.CharField(blank=True, max_length=40)),
                ("topic", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("first", "id"),
            },
        ),
        migrations.CreateModel(
            name="Day",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=program.models.keyed.make_uid, editable=False, max_length=40)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("on", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("on",),
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=program.models.keyed.make_uid, editable=False, max_length=40)),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=200)),
                ("capacity", models.PositiveIntegerField(blank=True, help_text="Seats", null=True)),
                ("kinds", models.JSONField(blank=True, default=list)),
                ("link", models.URLField(blank=True, help_text="Where remote people enter.", max_length=500)),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="RoomClosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("starts_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="ScheduleEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
                ("changes", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("workshop", "number"),
            },
        ),
        migrations.AddField(
            model_name="session",
            name="is_pinned",
            field=models.BooleanField(default=False, help_text="Stays at its time and in its room, whoever moves."),
        ),
        migrations.AddField(
            model_name="session",
            name="is_streamed",
            field=models.BooleanField(default=False, help_text="Remote people can follow it."),
        ),
        migrations.AddField(
            model_name="session",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="session",
            name="uid",
            field=models.CharField(default=program.models.keyed.make_uid, editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name="slot",
            name="board",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="slot",
            name="is_pinned",
            field=models.BooleanField(default=False, help_text="Stays where it is, whoever moves."),
        ),
        migrations.AddField(
            model_name="slot",
            name="kind",
            field=models.CharField(
                choices=[("paper", "Paper"), ("winner-talk", "Winner's talk"), ("invited-talk", "Invited talk")],
                default="paper",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="person",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="slots", to="program.person"
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="question_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="slot",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="slot",
            name="title",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="slot",
            name="uid",
            field=models.CharField(default=program.models.keyed.make_uid, editable=False, max_length=40),
        ),
        migrations.AlterField(
            model_name="slot",
            name="paper",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="papers.paper"
            ),
        ),
        migrations.AddField(
            model_name="boardrange",
            name="workshop",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="board_ranges", to="papers.workshop"),
        ),
        migrations.AddField(
            model_name="day",
            name="workshop",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="days", to="papers.workshop"),
        ),
        migrations.AddField(
            model_name="room",
            name="workshop",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="papers.workshop"),
        ),
        migrations.RenameField(
            model_name="session",
            old_name="room",
            new_name="room_name",
        ),
        migrations.AddField(
            model_name="session",
            name="room",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="sessions", to="program.room"
            ),
        ),
        migrations.AddField(
            model_name="roomclosure",
            name="room",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="program.room"),
        ),
        migrations.AddField(
            model_name="scheduleedit",
            name="by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scheduleedit",
            name="undone_by",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="undoes", to="program.scheduleedit"
            ),
        ),
        migrations.AddField(
            model_name="scheduleedit",
            name="workshop",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="schedule_edits", to="papers.workshop"),
        ),
        migrations.AddConstraint(
            model_name="boardrange",
            constraint=models.UniqueConstraint(fields=("workshop", "uid"), name="boards_uid_once"),
        ),
        migrations.AddConstraint(
            model_name="boardrange",
            constraint=models.UniqueConstraint(fields=("workshop", "first"), name="boards_first_once"),
        ),
        migrations.AddConstraint(
            model_name="boardrange",
            constraint=models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="boards_count_up"),
        ),
        migrations.AddConstraint(
            model_name="day",
            constraint=models.UniqueConstraint(fields=("workshop", "uid"), name="day_uid_once"),
        ),
        migrations.AddConstraint(
            model_name="day",
            constraint=models.UniqueConstraint(fields=("workshop", "on"), name="day_once"),
        ),
        migrations.AddConstraint(
            model_name="day",
            constraint=models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="day_ends_after_start"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("workshop", "uid"), name="room_uid_once"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("workshop", "name"), name="room_name_once"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="room_has_name"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__isnull", True), ("capacity__gt", 0), _connector="OR"), name="room_seats_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomclosure",
            constraint=models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="closure_ends_after_start"),
        ),
        migrations.AddConstraint(
            model_name="roomclosure",
            constraint=models.UniqueConstraint(fields=("room", "starts_at", "ends_at"), name="closure_once"),
        ),
        migrations.AddConstraint(
            model_name="scheduleedit",
            constraint=models.UniqueConstraint(fields=("workshop", "number"), name="schedule_edit_number_once"),
        ),
        migrations.AddConstraint(
            model_name="scheduleedit",
            constraint=models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="schedule_edit_counts_from_one"),
        ),
    ]
