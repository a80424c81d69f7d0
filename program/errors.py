"""Refusals of the program app."""

from papers.errors import Refusal


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
