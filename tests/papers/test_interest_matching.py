"""Persons, institutions and domains, compared."""

import pytest

from papers.interest_matching import (
    FREE_MAIL,
    Acquaintances,
    People,
    Person,
    Workplaces,
    Writer,
    find_domain,
    find_mail_domain,
    fold_institution,
    is_news,
    join_evidence,
)


def person(key: int = 1, **fields: frozenset[str]) -> Person:
    blank: dict[str, frozenset[str]] = {"names": frozenset(), "profiles": frozenset(), "mails": frozenset()}
    return Person(key=key, **{**blank, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("uni.example", "uni.example"),
        ("cs.uni.example", "uni.example"),
        ("  Mail.CS.Uni.Example. ", "uni.example"),
        ("ada@cs.uni.example", "uni.example"),
        ("eng.ox.ac.uk", "ox.ac.uk"),
        ("ox.ac.uk", "ox.ac.uk"),
        ("mail.tsinghua.edu.cn", "tsinghua.edu.cn"),
        ("tum.de", "tum.de"),
        ("ac.uk", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_domains_are_their_owners(text: str, owner: str) -> None:
    assert find_domain(text) == owner


def test_free_mail_has_no_domain() -> None:
    mails = ("ada@gmail.com", "ada@yahoo.co.uk", "ada@cs.uni.example", "uni.example", "****@uni.example")
    assert [find_mail_domain(mail) for mail in mails] == ["", "", "uni.example", "", "uni.example"]
    assert all(find_domain(domain) == domain for domain in FREE_MAIL)


def test_institutions_are_compared_by_their_letters() -> None:
    names = ("The University of Öx-ample", "university of oxample", "Universität", "N/A", "Independent Researcher", "")
    assert [fold_institution(name) for name in names] == ["university of ox ample", "university of oxample", "universitat", "", "", ""]


def test_persons_are_found_by_profile_address_and_name() -> None:
    ada = person(names=frozenset({"ada author"}), profiles=frozenset({"~Ada_Author1"}), mails=frozenset({"ada@uni.example"}))
    people = People([ada], aliases={"~Ada_Maiden1": "~Ada_Author1"})
    found = {
        writer.name + writer.profile + writer.mail: list(people.identify(writer))
        for writer in (
            Writer(1, "A. A.", "~Ada_Author1", ""),
            Writer(1, "A. M.", "~Ada_Maiden1", ""),
            Writer(1, "A. A.", "", "ADA@uni.example"),
            Writer(1, "Áda  Author", "", ""),
            Writer(1, "Ada Author", "~Ada_Author9", ""),
            Writer(1, "Bob", "~Bob1", "bob@uni.example"),
        )
    }
    assert found == {
        "A. A.~Ada_Author1": [(1, "profile ~Ada_Author1")],
        "A. M.~Ada_Maiden1": [(1, "profile ~Ada_Maiden1")],
        "A. A.ADA@uni.example": [(1, "address ADA@uni.example")],
        "Áda  Author": [(1, "name Áda  Author")],
        "Ada Author~Ada_Author9": [],
        "Bob~Bob1bob@uni.example": [],
    }


def test_a_name_is_enough_while_the_member_has_said_no_profile() -> None:
    people = People([person(names=frozenset({"wei wang"}))])
    assert list(people.identify(Writer(1, "Wei Wang", "~Wei_Wang7", ""))) == [(1, "name Wei Wang")]


def test_coauthors_are_found_again() -> None:
    known = Acquaintances(aliases={"~Bob_Old1": "~Bob_Builder1"})
    known.add_coauthor(5, Writer(1, "Bob Builder", "~Bob_Builder1", "bob@uni.example"), "on paper 3")
    known.add_coauthor(5, Writer(1, "Masked", "", "****@uni.example"), "on paper 3")
    said = (5, "with Bob Builder on paper 3")
    assert list(known.find(Writer(2, "B.", "~Bob_Old1", ""))) == [said]
    assert list(known.find(Writer(2, "B.", "", "Bob@Uni.example"))) == [said]
    assert list(known.find(Writer(2, "bob builder", "", ""))) == [said]
    assert list(known.find(Writer(2, "Bob Builder", "~Bob_Builder2", ""))) == []
    assert list(known.find(Writer(2, "Other", "", "****@uni.example"))) == []


def test_named_collaborators_are_found() -> None:
    known = Acquaintances(aliases={})
    for text in ("~Cleo_C1", "dan@uni.example", "Eva Émile"):
        known.add_collaborator(5, text)
    writers = (Writer(2, "X", "~Cleo_C1", ""), Writer(2, "X", "", "DAN@uni.example"), Writer(2, "Eva Emile", "~Any1", ""))
    assert [list(known.find(writer)) for writer in writers] == [
        [(5, "named as a collaborator: ~Cleo_C1")],
        [(5, "named as a collaborator: dan@uni.example")],
        [(5, "named as a collaborator: Eva Émile")],
    ]


def test_colleagues_and_neighbors() -> None:
    works = Workplaces(
        [
            person(1, institutions=frozenset({"university of ox"}), domains=frozenset({"ox.ac.uk"})),
            person(2, mails=frozenset({"m@eng.ox.ac.uk", "m@gmail.com"})),
        ]
    )
    places = [{"name": "University of Ox", "domain": "maths.ox.ac.uk"}, {"name": "Independent", "domain": "gmail.com"}, {}]
    ada = Writer(1, "Ada", "", "ada@gmail.com")
    assert list(works.find_colleagues(ada, places)) == [(1, "both at University of Ox (Ada)")]
    assert list(works.find_colleagues(ada, [{"name": "Oxford", "domain": "ox.ac.uk"}])) == [(1, "both at ox.ac.uk (Ada)")]
    assert list(works.find_neighbors(ada, places)) == [(2, "both write from ox.ac.uk (Ada)")]
    assert list(works.find_neighbors(Writer(1, "Ada", "", "ada@ox.ac.uk"), [])) == [(2, "both write from ox.ac.uk (Ada)")]
    assert list(works.find_neighbors(Writer(1, "Ada", "", "ada@gmail.com"), [])) == []


def test_evidence_is_short_and_in_order() -> None:
    assert join_evidence({"b", "a"}) == "a; b"
    assert join_evidence({"e", "d", "c", "b", "a"}) == "a; b; c; 2 more"
    assert len(join_evidence({letter * 999 for letter in "abcde"})) < 500


def test_news_is_what_was_not_said() -> None:
    assert [is_news(*pair) for pair in (("a", "a; b"), ("a; b", "a"), ("a; b", "b; a"))] == [False, True, False]
