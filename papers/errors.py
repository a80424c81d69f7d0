"""Refusals: full sentences that every door of the product shows its own way."""

import datetime as dt


class Refusal(Exception):
    """A stage function will not do it; `str()` is a sentence for people, `subject` the object it is about."""

    def __init__(self, sentence: str, *, subject: object = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.subject = subject


class Refusals(Refusal):
    """A batch was refused; `reasons` names every one, not the first."""

    def __init__(self, sentence: str, reasons: list[str]) -> None:
        super().__init__(sentence)
        self.reasons = reasons


class OtherSideFailed(Refusal):
    """OpenReview did not do its part; nothing half is kept."""


class Unavailable(OtherSideFailed):
    """OpenReview cannot be reached or answers with a server error."""


class Throttled(OtherSideFailed):
    """OpenReview asks to wait; `until` is an aware instant."""

    def __init__(self, sentence: str, *, until: dt.datetime) -> None:
        super().__init__(sentence)
        self.until = until


class ChangedShape(OtherSideFailed):
    """OpenReview answered something that is not what it documents."""


class NotPermitted(OtherSideFailed):
    """The account may not read this, or could not sign in."""


class SignInNeeded(NotPermitted):
    """The token ran out, or a second factor is asked for."""


class Rejected(OtherSideFailed):
    """OpenReview understood what was to be written, and refused it: nothing was written. `name` is its own word for why."""

    def __init__(self, sentence: str, *, name: str = "") -> None:
        super().__init__(sentence)
        self.name = name


class NotThere(OtherSideFailed):
    """OpenReview has nothing under this id."""
