"""The table of terms: no name twice, and the documentation says what it says."""

from collections import Counter

from papers.search.owing import DEBTS
from papers.search.standing import BELONGINGS, STATES
from papers.search.terms import TERMS, list_terms
from tests.house.sources import ROOT

PAGE = (ROOT / "docs/search.md").read_text()


def test_no_name_is_taken_twice() -> None:
    names = Counter(name for term in TERMS for name in (term.key, *term.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_outsiders_have_the_public_terms() -> None:
    assert [term.key for term in list_terms(is_inside=False)] == [term.key for term in TERMS if term.is_public]
    assert list_terms(is_inside=True) == TERMS


def test_documentation_lists_every_term() -> None:
    rows = [
        f"| {' '.join(f'`{name}`' for name in (term.key, *term.aliases))}{' ✓' if term.compares else ''} | {term.takes} | {term.help} |"
        f" {'everybody' if term.is_public else 'members'} |"
        for term in TERMS
    ]
    assert [row for row in rows if row not in PAGE.splitlines()] == []
    assert PAGE.count(" | everybody |") + PAGE.count(" | members |") == len(TERMS)


def test_documentation_lists_every_value() -> None:
    values = [
        *((word, label) for word, (label, _) in (STATES | BELONGINGS).items()),
        *((word, debt.label) for word, debt in DEBTS.items()),
    ]
    values += [(word, label) for word, (label, _) in STATES.items()]
    assert [f"| `{word}` | {label} |" for word, label in values if f"| `{word}` | {label} |" not in PAGE.splitlines()] == []
