"""Refusals of the program app."""

from papers.errors import Refusal, Refusals


class UnknownFormat(Refusal):
    """There is no export with this name."""


class WrongOption(Refusal):
    """A format does not have this option, or the option not this value."""


class BrokenMarkers(Refusal):
    """The markers of a file cannot be told apart; nothing is written into it."""


class SiteNotWritable(Refusal):
    """A file of the site is missing, lies outside the folder, or may not be written."""


class BlockedByFindings(Refusal):
    """Findings that block stand against publishing; a reason overrides them."""


class MoveRefused(Refusal):
    """The editor of the schedule asked for what can't be done; nothing was changed."""


class MovesRefused(Refusals):
    """Several acts of the editor can't be done; nothing was changed."""


class StaleRows(Refusal):
    """Somebody else changed what was to be changed; `uids` names the rows."""

    def __init__(self, sentence: str, *, uids: tuple[str, ...], subject: object = None) -> None:
        super().__init__(sentence, subject=subject)
        self.uids = uids
