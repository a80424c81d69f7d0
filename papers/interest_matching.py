"""Compares persons, institutions and mail domains, as conflicts of interest ask for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from papers.texts import fold_text

# Providers that give addresses to everybody; the first line is openreview-py's list (openreview/tools.py, common_domains).
FREE_PROVIDERS = (
    "gmail.com qq.com 126.com 163.com outlook.com hotmail.com yahoo.com foxmail.com aol.com msn.com ymail.com googlemail.com live.com "
    "icloud.com me.com mac.com proton.me protonmail.com gmx.de gmx.net gmx.com web.de yandex.ru yandex.com mail.ru mail.com naver.com "
    "hanmail.net daum.net sina.com sohu.com yeah.net 139.com hotmail.fr hotmail.co.uk hotmail.it yahoo.co.uk yahoo.co.jp yahoo.co.in "
    "yahoo.fr yahoo.de orange.fr free.fr rediffmail.com fastmail.com hey.com zoho.com tutanota.com t-online.de"
)
FREE_MAIL = frozenset(FREE_PROVIDERS.split())
# Under a country's domain these stand for a kind of owner, not for an owner: ox.ac.uk, tsinghua.edu.cn, u-tokyo.ac.jp.
KINDS = "ac co com edu go gob gouv gov mil ne net nhs or org re res sch"
KINDS_OF_OWNER = frozenset(KINDS.split())
NO_INSTITUTION = frozenset(
    ["", "none", "n a", "na", "independent", "independent researcher", "independent scholar", "freelance", "student", "unknown", "other"]
)
SHOWN_EVIDENCE = 3
WORDLESS = re.compile(r"[\W_]+")


class Writer(NamedTuple):
    """One author of one paper, as printed; `profile` and `mail` may be empty."""

    paper: int
    name: str
    profile: str
    mail: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who a member is and where they work, folded for comparison; `collaborators` are names, profiles or addresses."""

    key: int
    names: frozenset[str]
    profiles: frozenset[str]
    mails: frozenset[str]
    institutions: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    collaborators: tuple[str, ...] = ()

    @property
    def mail_domains(self) -> frozenset[str]:
        """Return the domains of their mail addresses, free providers left out."""
        return frozenset(find_mail_domain(mail) for mail in self.mails) - {""}


def find_domain(text: str) -> str:
    """Return the part of a domain that names its owner: uni.example for cs.uni.example, ox.ac.uk for eng.ox.ac.uk; or nothing."""
    labels = [label for label in text.strip().lower().rstrip(".").rpartition("@")[2].split(".") if label]
    is_national = len(labels) > 1 and len(labels[-1]) == 2 and labels[-2] in KINDS_OF_OWNER
    size = 3 if is_national else 2
    return ".".join(labels[-size:]) if len(labels) >= size else ""


def find_mail_domain(mail: str) -> str:
    """Return the owner's domain of a mail address; nothing for a free provider or what is no address."""
    domain = find_domain(mail) if "@" in mail else ""
    return "" if domain in FREE_MAIL else domain


def fold_institution(name: str) -> str:
    """Return an institution's name for comparison, or nothing where it names none."""
    folded = WORDLESS.sub(" ", fold_text(name)).strip().removeprefix("the ")
    return "" if folded in NO_INSTITUTION else folded


def join_evidence(items: Iterable[str]) -> str:
    """Return what was found as one line: the first three in alphabetical order, the rest counted."""
    texts = sorted({item if len(item) <= 140 else f"{item[:139]}…" for item in items})
    rest = len(texts) - SHOWN_EVIDENCE
    return "; ".join([*texts[:SHOWN_EVIDENCE], *([f"{rest} more"] if rest > 0 else [])])


def is_news(evidence: str, known: str) -> bool:
    """Tell whether one line of evidence says anything that the other did not."""
    return not set(evidence.split("; ")) <= set(known.split("; "))


@dataclass(slots=True)
class People:
    """Finds the members behind a printed author: by profile, by address, by name unless two profiles say otherwise."""

    persons: list[Person]
    aliases: dict[str, str] = field(default_factory=dict)
    _by_profile: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _by_mail: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.persons:
            for index, keys in ((self._by_profile, person.profiles), (self._by_mail, person.mails), (self._by_name, person.names)):
                for key in keys:
                    index[key].append(person)

    def identify(self, writer: Writer) -> Iterator[tuple[int, str]]:
        """Yield the key of each member that the author is, with the evidence, once."""
        profile = self.aliases.get(writer.profile, writer.profile)
        seen: set[int] = set()
        ways = (
            (self._by_profile.get(profile, ()) if profile else (), f"profile {writer.profile}"),
            (self._by_mail.get(writer.mail.lower(), ()) if writer.mail else (), f"address {writer.mail}"),
            ([one for one in self._by_name.get(fold_text(writer.name), ()) if not (profile and one.profiles)], f"name {writer.name}"),
        )
        for found, evidence in ways:
            for person in found:
                if person.key not in seen:
                    seen.add(person.key)
                    yield person.key, evidence


@dataclass(slots=True)
class Acquaintances:
    """Finds the members who wrote with a printed author, or named them as a collaborator."""

    aliases: dict[str, str]
    _by_profile: dict[str, dict[int, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    _by_mail: dict[str, dict[int, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    _by_name: dict[str, dict[tuple[int, str], set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def add_coauthor(self, member: int, writer: Writer, where: str) -> None:
        """Remember that `member` wrote with this author on the paper that `where` tells."""
        profile = self.aliases.get(writer.profile, writer.profile)
        said = f"with {writer.name} {where}"
        if profile:
            self._by_profile[profile][member].add(said)
        if "@" in writer.mail and "*" not in writer.mail:
            self._by_mail[writer.mail.lower()][member].add(said)
        self._by_name[fold_text(writer.name)][member, profile].add(said)

    def add_collaborator(self, member: int, text: str) -> None:
        """Remember whom `member` named: a profile begins with a tilde, an address has an @, anything else is a name."""
        said = f"named as a collaborator: {text}"
        if text.startswith("~"):
            self._by_profile[self.aliases.get(text, text)][member].add(said)
        elif "@" in text:
            self._by_mail[text.lower()][member].add(said)
        else:
            self._by_name[fold_text(text)][member, ""].add(said)

    def find(self, writer: Writer) -> Iterator[tuple[int, str]]:
        """Yield members with the evidence that they know the author."""
        profile = self.aliases.get(writer.profile, writer.profile)
        for index, key in ((self._by_profile, profile), (self._by_mail, writer.mail.lower())):
            for member, texts in (index.get(key) or {}).items() if key else ():
                yield from ((member, text) for text in texts)
        for (member, other), texts in (self._by_name.get(fold_text(writer.name)) or {}).items():
            if not (profile and other and profile != other):
                yield from ((member, text) for text in texts)


@dataclass(slots=True)
class Workplaces:
    """Finds the members who work where a printed author works, or write mail from there."""

    persons: list[Person]
    _by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_domain: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_mail_domain: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.persons:
            keyed = (
                (self._by_name, person.institutions),
                (self._by_domain, person.domains),
                (self._by_mail_domain, person.mail_domains),
            )
            for index, keys in keyed:
                for key in keys:
                    index[key].append(person.key)

    def find_colleagues(self, writer: Writer, places: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
        """Yield members at an institution of the author."""
        for place in places:
            name, domain = str(place.get("name") or ""), find_domain(str(place.get("domain") or ""))
            folded = fold_institution(name)
            by_name = self._by_name.get(folded, []) if folded else []
            yield from ((member, f"both at {name} ({writer.name})") for member in by_name)
            by_domain = self._by_domain.get(domain, []) if domain and domain not in FREE_MAIL else []
            yield from ((member, f"both at {domain} ({writer.name})") for member in by_domain if member not in by_name)

    def find_neighbors(self, writer: Writer, places: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
        """Yield members whose mail comes from a domain of the author: of their address or their institution."""
        domains = {find_mail_domain(writer.mail), *(find_domain(str(place.get("domain") or "")) for place in places)} - {""} - FREE_MAIL
        for domain in sorted(domains):
            for member in self._by_mail_domain.get(domain, ()):
                yield member, f"both write from {domain} ({writer.name})"
