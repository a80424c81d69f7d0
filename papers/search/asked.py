"""One value of one term as somebody asks for it."""

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q
from django.utils import timezone

from papers.metadata import list_outdated_confirmations
from papers.models import RequiredFile, User, Workshop
from papers.search.mistakes import SearchMistake
from papers.search.nodes import Term, Value, write_value
from papers.sight import Sight
from papers.texts import fold_text

if TYPE_CHECKING:
    from papers.models import Membership

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A value that can be asked for; `words` also lead to it, `label` says what it is."""

    text: str
    label: str = ""
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What one search has looked up of its workshop, each list once."""

    sight: Sight
    now: dt.datetime = field(default_factory=timezone.now)
    _lists: dict[str, tuple[Suggested, ...]] = field(default_factory=dict)
    _members: "list[Membership] | None" = None
    _requirements: list[RequiredFile] | None = None
    _outdated: list[int] | None = None

    @property
    def workshop(self) -> Workshop:
        """Return the workshop whose papers are searched."""
        return self.sight.workshop

    @property
    def user(self) -> User | None:
        """Return who asks, or nothing for anybody."""
        return self.sight.user

    @property
    def tracks(self) -> tuple[Suggested, ...]:
        """Return the tracks by slug."""
        return self._list("tracks")

    @property
    def presentations(self) -> tuple[Suggested, ...]:
        """Return the presentation kinds by slug."""
        return self._list("presentation_kinds")

    @property
    def awards(self) -> tuple[Suggested, ...]:
        """Return the awards by slug."""
        return self._list("awards")

    @property
    def members(self) -> "list[Membership]":
        """Return the members with their users, in the order they joined."""
        if self._members is None:
            self._members = list(self.workshop.memberships.select_related("user").order_by("pk"))
        return self._members

    @property
    def requirements(self) -> list[RequiredFile]:
        """Return what the workshop asks its accepted papers for."""
        if self._requirements is None:
            self._requirements = list(RequiredFile.objects.of_workshop(self.workshop))
        return self._requirements

    @property
    def outdated(self) -> list[int]:
        """Return the keys of the papers that changed after an author confirmed their metadata."""
        if self._outdated is None:
            self._outdated = list_outdated_confirmations(self.workshop)
        return self._outdated

    def _list(self, name: str) -> tuple[Suggested, ...]:
        if name not in self._lists:
            rows = getattr(self.workshop, name).values_list("slug", "name")
            self._lists[name] = tuple(Suggested(slug, title, (title,)) for slug, title in rows)
        return self._lists[name]


@dataclass(frozen=True, slots=True)
class Asked:
    """One value of a term, with the search around it and the eyes of who asks."""

    known: Known
    text: str
    term: Term
    value: Value

    @property
    def sight(self) -> Sight:
        """Return what the person who asks may see."""
        return self.known.sight

    @property
    def word(self) -> str:
        """Return the value without case and marks."""
        return fold_text(self.value.text)

    def choose(self, choices: Mapping[str, Callable[[], Q]]) -> Q:
        """Return the condition of the chosen word; raises SearchMistake for a word that is none of `choices`."""
        make = choices.get(self.word.replace(" ", "-").replace("_", "-"))
        if make is None:
            raise self.refuse(f"“{self.term.key}” can't be “{self.value.text}”", choices)
        return make()

    def pick(self, noun: str, held: Iterable[Suggested], *, besides: Iterable[str] = ()) -> str:
        """Return the text of the one that is meant by its text or its words, or one of `besides`; raises SearchMistake for no such."""
        held = tuple(held)
        spoken = {fold_text(word): item.text for item in reversed(held) for word in (*item.words, item.text)}
        chosen = spoken.get(self.word) or next((word for word in besides if word == self.word), None)
        if chosen is None:
            raise self.refuse(f"{self.known.workshop} has no {noun} “{self.value.text}”", (*(item.text for item in held), *besides), spoken)
        return chosen

    def refuse(self, start: str, offered: Iterable[str], spoken: Mapping[str, str] | None = None) -> SearchMistake:
        """Return the mistake of a value that is not there, with the nearest of what is offered."""
        words = {fold_text(word): word for word in offered} | dict(spoken or {})
        near = difflib.get_close_matches(self.word, words, n=1, cutoff=0.5)
        if near:
            return self.blame(f"{start}; did you mean “{words[near[0]]}”?", better=words[near[0]])
        listed = list(dict.fromkeys(words.values()))[:20]
        tail = f"; it can be {', '.join(listed)}." if listed else "."
        return self.blame(f"{start}{tail}")

    def blame(self, sentence: str, *, better: str = "") -> SearchMistake:
        """Return a mistake that points at this value; `better` would do instead."""
        start, end = self.value.start, self.value.end
        suggestion = f"{self.text[:start]}{write_value(better)}{self.text[end:]}" if better else ""
        return SearchMistake(sentence, text=self.text, start=start, end=end, suggestion=suggestion)
