"""The language of letters: fields printed, conditions asked, mistakes named with their place, nothing ever run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.letter_language import MAX_DEPTH, Field, read_words

FIELDS = {
    "paper.title": Field("Title"),
    "paper.track": Field("Track"),
    "paper.is_oral": Field("Oral", is_condition=True),
    "paper.is_poster": Field("Poster", is_condition=True),
}
VALUES: dict[str, str | bool] = {"paper.title": "Counting", "paper.track": "Short papers", "paper.is_oral": True, "paper.is_poster": False}


def render(text: str, **values: str | bool) -> str:
    words, mistakes = read_words(text, FIELDS)
    assert mistakes == []
    return words.render({**VALUES, **{name.replace("__", "."): value for name, value in values.items()}}).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain { } % text", "plain { } % text"),
        ("{{ paper.title }} {{paper.title}}", "Counting Counting"),
        ("{% if paper.is_oral %}a{% else %}b{% endif %}", "a"),
        ("{% if not paper.is_oral %}a{% else %}b{% endif %}", "b"),
        ("{% if not not paper.is_oral %}a{% endif %}", "a"),
        ("{% if paper.is_poster %}a{% elif paper.title %}b{% else %}c{% endif %}", "b"),
        ("{% if paper.is_poster %}a{% elif paper.is_poster %}b{% endif %}", ""),
        ("{% if paper.is_oral and paper.is_poster %}a{% else %}b{% endif %}", "b"),
        ("{% if paper.is_poster or paper.is_oral and paper.title %}a{% endif %}", "a"),
        ("{% if paper.is_oral and paper.is_poster or paper.title %}a{% endif %}", "a"),
        ('{% if paper.track == "short papers" %}a{% endif %}', "a"),
        ("{% if paper.track != 'Full papers' %}a{% endif %}", "a"),
        ("{% if not paper.track == 'Short papers' %}a{% else %}b{% endif %}", "b"),
        ("{% if paper.is_oral %}{% if paper.is_poster %}a{% else %}b{% endif %}c{% endif %}", "bc"),
        ("one\n{% if paper.is_oral %}\ntwo\n{% endif %}\nthree", "one\ntwo\nthree"),
        ("one\n  {% if paper.is_poster %}  \ntwo\n{% endif %}\nthree", "one\nthree"),
        ("one\n{% if paper.is_oral %}{% if paper.title %}\ntwo\n{% endif %} {% endif %}\r\nthree", "one\ntwo\nthree"),
        ("one {% if paper.is_oral %}\ntwo{% endif %}\n", "one \ntwo\n"),
    ],
)
def test_words_are_rendered(text: str, expected: str) -> None:
    assert render(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n {{ paper.titel }}", ["Line 2, column 5: paper.titel is no field. Did you mean paper.title?"]),
        ("{{ zzz }}", ["Line 1, column 4: zzz is no field."]),
        ("{{ paper.title.__class__ }}", ["Line 1, column 4: paper.title.__class__ is no field. Did you mean paper.title?"]),
        (
            "{{ paper.title|safe }}",
            ["Line 1, column 4: paper.title|safe is no field; only names of fields may stand here. Did you mean paper.title?"],
        ),
        ("{{ }}", ["Line 1, column 4: There is no field between {{ and }}."]),
        (
            "{{ paper.is_oral }}",
            ["Line 1, column 4: paper.is_oral is yes or no and can't be printed; ask it with {% if paper.is_oral %}."],
        ),
        ("{% fi paper.title %}", ["Line 1, column 4: fi is no condition; there are if, elif, else, endif. Did you mean if?"]),
        ("{% include 'x' %}", ["Line 1, column 4: include is no condition; there are if, elif, else, endif."]),
        ("{% %}", ["Line 1, column 4: Nothing is no condition; there are if, elif, else, endif."]),
        ("{% endif %}", ["Line 1, column 4: {% endif %} has no {% if %} before it."]),
        ("{% else %}", ["Line 1, column 4: {% else %} has no {% if %} before it."]),
        ("a\n{% if paper.title %}b", ["Line 2, column 1: {% if %} is never ended; write {% endif %} where it ends."]),
        ("{% if %}a{% endif %}", ["Line 1, column 7: {% if %} asks nothing; name a field."]),
        (
            "{% if paper.title %}{% else %}{% else %}{% endif %}",
            ["Line 1, column 34: {% else %} comes after {% else %}, which is the last."],
        ),
        ("{% if paper.title paper.track %}{% endif %}", ["Line 1, column 19: paper.track can't stand here; fields are joined by and, or."]),
        ("{% if paper.title and %}{% endif %}", ["Line 1, column 19: and can't stand here; fields are joined by and, or."]),
        ("{% if not %}{% endif %}", ["Line 1, column 7: A field is missing here."]),
        ("{% if == %}{% endif %}", ["Line 1, column 7: A field is missing here."]),
        (
            "{% if paper.track == paper.title %}{% endif %}",
            ['Line 1, column 19: After == comes a text in quotes, such as "Oral".'],
        ),
    ],
)
def test_mistakes_name_their_place(text: str, expected: list[str]) -> None:
    assert [str(mistake) for mistake in read_words(text, FIELDS)[1]] == expected


@pytest.mark.parametrize(("text", "sign"), [("a {{ paper.title", "{{"), ("{% if", "{%"), ("a }}", "}}"), ("%}", "%}")])
def test_leftover_signs_are_mistakes(text: str, sign: str) -> None:
    assert [mistake.sentence.split(" ")[0] for mistake in read_words(text, FIELDS)[1]] == [sign]


def test_every_mistake_is_named() -> None:
    mistakes = read_words("{{ a }}\n{{ b }}\n{% endif %}", FIELDS)[1]
    assert [(mistake.line, mistake.column) for mistake in mistakes] == [(1, 4), (2, 4), (3, 4)]


def test_conditions_stand_only_so_deep() -> None:
    def nest(depth: int) -> str:
        return "{% if paper.title %}" * depth + "x" + "{% endif %}" * depth

    assert render(nest(MAX_DEPTH)) == "x"
    assert [mistake.sentence for mistake in read_words(nest(MAX_DEPTH + 1), FIELDS)[1]] == [
        "Conditions stand more than 10 deep inside each other."
    ]


def test_empty_fields_are_told_where_they_are_printed() -> None:
    words, _ = read_words("{{ paper.title }}{% if paper.track %}{{ paper.track }}{% endif %}{{ paper.title }}", FIELDS)
    assert words.render({"paper.title": " ", "paper.track": ""}).empty == ("paper.title",)
    assert words.render({"paper.title": "x", "paper.track": ""}).empty == ()
    assert words.names == {"paper.title", "paper.track"}


@given(st.text(alphabet="{}%|_.'\"=!\n\t abcdefipto", max_size=80), st.text(max_size=30))
def test_nothing_in_words_or_values_is_ever_run(text: str, value: str) -> None:
    words, mistakes = read_words(text, FIELDS)
    assert all(1 <= mistake.line <= text.count("\n") + 1 and mistake.column >= 1 for mistake in mistakes)
    rendered = words.render(dict.fromkeys(FIELDS, value)).text
    assert len(rendered) <= len(text) + len(value) * text.count("{{")


@given(st.text(max_size=60))
def test_value_is_printed_as_it_is(value: str) -> None:
    words, _ = read_words("a{{ paper.title }}b", FIELDS)
    assert words.render({"paper.title": value}).text == f"a{value}b"


@given(st.text(alphabet=st.characters(exclude_characters="{}%"), max_size=80))
def test_plain_text_stays_as_it_is(text: str) -> None:
    words, mistakes = read_words(text, FIELDS)
    assert (words.render({}).text, mistakes) == (text, [])
