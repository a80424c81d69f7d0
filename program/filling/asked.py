"""What is asked of the solver: light to load, for pages that only tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from papers.models import Workshop
from program.models import FillRules, FillRun

if TYPE_CHECKING:
    from program.schedule_rows import StoredDraft

Mode, Scope = FillRun.Mode, FillRun.Scope


@dataclass(frozen=True, slots=True)
class FillRequest:
    """What is asked: the same seed and seconds give the same schedule."""

    mode: str = Mode.PAPERS
    scope: str = Scope.FREE
    seconds: int = 20
    seed: int = 1


def find_rules(workshop: Workshop) -> FillRules:
    """Return the rules of a workshop, those of nobody where it has none."""
    return FillRules.objects.filter(workshop=workshop).first() or FillRules(workshop=workshop)


def list_session_names(stored: StoredDraft) -> dict[str, str]:
    """Return what sessions are called, by key."""
    return {session.uid: session.title or session.label or session.uid for session in stored.draft.sessions.values()}
