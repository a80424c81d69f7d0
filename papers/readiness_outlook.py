"""What the board says of the days to come: how files came in, how many papers will be complete in time."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from papers.arrival_pictures import ArrivalPicture, draw_arrivals
from papers.board_rows import BoardRow
from papers.forecast import Awaited, Forecast, Pattern, RushPattern, forecast_arrivals, learn_pattern
from papers.readiness import Board

HOUR = dt.timedelta(hours=1)
LEARNED = "when files of this workshop came whose date is over"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A picture and a forecast; `late` are the papers that missed their date, by number."""

    picture: ArrivalPicture | None
    forecast: Forecast | None
    late: tuple[BoardRow, ...]


class AwaitedFile(NamedTuple):
    """A file that a paper must bring: until when, whether its authors have to act, when its first version came if they have not."""

    paper: int
    due_at: dt.datetime | None
    is_due: bool
    arrived_at: dt.datetime | None


def look_ahead(board: Board) -> Outlook:
    """Return what to expect of all papers of the board: of the files that they must bring, not of those that they may."""
    now = timezone.now()
    required = [_list_required(row) for row in board.everything]
    files = [one for some in required for one in some]
    starts_at = min((row.released_at for row in board.everything), default=now)
    dates = sorted({one.due_at for one in files if one.due_at})
    awaited = [one for some in required for one in _await_paper(some)]
    forecast = forecast_arrivals(awaited, find_pattern(files, starts_at=starts_at, now=now), now=now)
    picture = draw_arrivals(
        [one.arrived_at for one in files if one.arrived_at], total=len(files), deadlines=dates, starts_at=starts_at, now=now
    )
    late = set(forecast.late) if forecast else set()
    return Outlook(picture, forecast, tuple(row for row in board.everything if row.pk in late))


def find_pattern(files: Sequence[AwaitedFile], *, starts_at: dt.datetime, now: dt.datetime) -> Pattern:
    """Return when files usually come: as those whose date is over did, else in the rush that deadlines see."""
    over = (Awaited(one.paper, one.due_at, one.arrived_at) for one in files if one.due_at and one.due_at < now)
    last = max((one.due_at for one in files if one.due_at), default=now)
    return learn_pattern(over, words=LEARNED) or RushPattern(span=max((last - starts_at) / HOUR, 24.0))


def _list_required(row: BoardRow) -> list[AwaitedFile]:
    required, came_at = row.situation.required, row.came_at
    return [AwaitedFile(row.pk, due_at, is_due, None if is_due else came_at.get(kind)) for kind, due_at, is_due in required]


def _await_paper(files: Sequence[AwaitedFile]) -> Iterator[Awaited]:
    """Yield a paper as one thing to come: complete with its last file, by the first date of what is missing, else by the last."""
    dated = [(one, one.due_at) for one in files if one.due_at]
    missing = [due for one, due in dated if one.is_due]
    came = [one.arrived_at for one, _ in dated if one.arrived_at]
    if missing:
        yield Awaited(files[0].paper, min(missing))
    elif came:
        yield Awaited(files[0].paper, max(due for _, due in dated), max(came))
