"""Reads the words of a letter with its fields in double braces and its conditions; pure."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_DEPTH = 10
MAX_SUGGESTION_LENGTH = 60

TAG = re.compile(r"\{\{(?P<field>[^{}\n]*)\}\}|\{%(?P<order>[^{}%\n]*)%\}|(?P<broken>\{\{|\{%|\}\}|%\})")
NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
CONDITION_PART = re.compile(r"\s*(?:(?P<word>[A-Za-z][\w.]*)|(?P<sign>==|!=)|(?P<text>\"[^\"]*\"|'[^']*')|(?P<else>\S))")
ONLY_ORDERS = re.compile(r"[ \t]*(?:\{%[^{}%\n]*%\}[ \t]*)+\r?")
LINE_END = re.compile(r"[ \t]*(?:\r?\n|\Z)?")
ORDERS = ("if", "elif", "else", "endif")

Values = Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a letter: a text to print, or a condition to ask; `says` explains it, `tells` that it judges a paper."""

    says: str
    is_condition: bool = False
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with the words; line and column count from 1, `suggestion` is a field that was perhaps meant."""

    line: int
    column: int
    sentence: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}, column {self.column}: {self.sentence}{f' Did you mean {self.suggestion}?' if self.suggestion else ''}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter's text for one recipient, with the fields that it wanted to print where there is nothing."""

    text: str
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A field that is asked, or compared with a text."""

    name: str
    text: str | None = None
    is_negated: bool = False

    def holds(self, values: Values) -> bool:
        """Tell whether it is so."""
        value = values.get(self.name, "")
        found = bool(value) if self.text is None else str(value).casefold() == self.text.casefold()
        return found is not self.is_negated


Condition = tuple[tuple[Term, ...], ...]  # alternatives, each of terms that hold together; none at all holds always
ALWAYS: Condition = ((),)


@dataclass(frozen=True, slots=True)
class Print:
    """A place where the value of a field is printed."""

    name: str


@dataclass(slots=True)
class Choice:
    """Branches of which the first that holds is taken."""

    branches: list[tuple[Condition, list["Node"]]] = field(default_factory=list)
    has_else: bool = False
    line: int = 0
    column: int = 0


Node = str | Print | Choice


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a letter as they were understood."""

    nodes: list[Node]
    names: frozenset[str]

    def render(self, values: Values) -> Rendered:
        """Return the text for these values; nothing in a value is read as a field or a condition."""
        parts: list[str] = []
        empty: dict[str, None] = {}
        _render(self.nodes, values, parts, empty)
        return Rendered("".join(parts), tuple(empty))


def read_words(text: str, fields: Mapping[str, Field]) -> tuple[Words, list[Mistake]]:
    """Return the words with every mistake in them: unknown fields, conditions that never end, signs that are left over."""
    reader = _Reader(text, fields)
    reader.read()
    return Words(reader.nodes, frozenset(reader.names)), reader.mistakes


def _render(nodes: list[Node], values: Values, parts: list[str], empty: dict[str, None]) -> None:
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Print):
            value = str(values.get(node.name, ""))
            parts.append(value)
            if not value.strip():
                empty[node.name] = None
        else:
            taken = next((inner for condition, inner in node.branches if _holds(condition, values)), [])
            _render(taken, values, parts, empty)


def _holds(condition: Condition, values: Values) -> bool:
    return any(all(term.holds(values) for term in terms) for terms in condition)


class _Reader:
    """Walks through the words once, with a stack of the conditions that are open."""

    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self.text, self.fields = text, fields
        self.nodes: list[Node] = []
        self.names: set[str] = set()
        self.mistakes: list[Mistake] = []
        self._open: list[Choice] = []
        self._into: list[list[Node]] = [self.nodes]

    def read(self) -> None:
        at = 0
        for tag in TAG.finditer(self.text):
            if tag.start() < at:
                continue
            before, after = self.text[at : tag.start()], tag.end()
            if tag["order"] is not None:
                before, after = self._drop_line(before, tag)
            self._put(before)
            self._take(tag)
            at = after
        self._put(self.text[at:])
        for choice in self._open:
            self._blame_at(choice.line, choice.column, "{% if %} is never ended; write {% endif %} where it ends.")

    def _drop_line(self, before: str, tag: re.Match[str]) -> tuple[str, int]:
        """Take away the whole line when nothing but conditions stands on it."""
        start, end = self.text.rfind("\n", 0, tag.start()) + 1, self.text.find("\n", tag.end())
        if not ONLY_ORDERS.fullmatch(self.text, start, end if end >= 0 else len(self.text)):
            return before, tag.end()
        rest = LINE_END.match(self.text, tag.end())
        return before.rstrip(" \t"), rest.end() if rest else tag.end()

    def _put(self, node: Node) -> None:
        if node != "":
            self._into[-1].append(node)

    def _take(self, tag: re.Match[str]) -> None:
        if tag["broken"]:
            sign = tag["broken"]
            closes = {"{{": "}}", "{%": "%}"}.get(sign)
            rest = f"is not closed on its line by {closes}" if closes else "closes nothing"
            self._blame(tag.start(), f"{sign} {rest}; a field is written {{{{ paper.title }}}}, a condition {{% if paper.title %}}.")
        elif tag["field"] is not None:
            self._take_field(tag["field"].strip(), tag.start("field") + _indent(tag["field"]))
        else:
            self._take_order(tag["order"], tag)

    def _take_field(self, name: str, at: int) -> None:
        if not name:
            self._blame(at, "There is no field between {{ and }}.")
        elif self._know(name, at):
            if self.fields[name].is_condition:
                self._blame(at, f"{name} is yes or no and can't be printed; ask it with {{% if {name} %}}.")
            else:
                self._put(Print(name))

    def _take_order(self, order: str, tag: re.Match[str]) -> None:
        word, _, rest = order.strip().partition(" ")
        at = tag.start("order") + _indent(order)
        if word not in ORDERS:
            guess = next(iter(difflib.get_close_matches(word, ORDERS, 1, 0.5)), "")
            self._blame(at, f"{word[:30] or 'Nothing'} is no condition; there are if, elif, else, endif.", guess)
            return
        if word == "if":
            self._begin(self._read_condition(rest, at + 3, word), tag.start())
        elif not self._open:
            self._blame(at, f"{{% {word} %}} has no {{% if %}} before it.")
        elif word == "endif":
            self._open.pop()
            self._into.pop()
        else:
            self._go_on(word, rest, at)

    def _begin(self, condition: Condition, at: int) -> None:
        if len(self._open) == MAX_DEPTH:
            self._blame(at, f"Conditions stand more than {MAX_DEPTH} deep inside each other.")
        inner: list[Node] = []
        line, column = self._place(at)
        choice = Choice([(condition, inner)], line=line, column=column)
        self._put(choice)
        self._open.append(choice)
        self._into.append(inner)

    def _go_on(self, word: str, rest: str, at: int) -> None:
        choice = self._open[-1]
        if choice.has_else:
            self._blame(at, f"{{% {word} %}} comes after {{% else %}}, which is the last.")
        choice.has_else |= word == "else"
        inner: list[Node] = []
        condition = ALWAYS if word == "else" else self._read_condition(rest, at + len(word) + 1, word)
        choice.branches.append((condition, inner))
        self._into[-1] = inner

    def _read_condition(self, text: str, at: int, word: str) -> Condition:
        """Return alternatives joined by `or`, of terms joined by `and`."""
        alternatives: list[tuple[Term, ...]] = []
        terms: list[Term] = []
        parts = list(_split_condition(text, at))
        if not parts:
            self._blame(at, f"{{% {word} %}} asks nothing; name a field.")
        while parts:
            term = self._read_term(parts)
            if term is None:
                return ALWAYS
            terms.append(term)
            if not parts:
                break
            joint, _, place = parts.pop(0)
            if joint not in {"and", "or"} or not parts:
                self._blame(place, f"{joint[:30]} can't stand here; fields are joined by and, or.")
                return ALWAYS
            if joint == "or":
                alternatives.append(tuple(terms))
                terms = []
        return (*alternatives, tuple(terms))

    def _read_term(self, parts: list[tuple[str, str, int]]) -> Term | None:
        is_negated, at = False, parts[0][2]
        while parts and parts[0][0] == "not":
            is_negated = not is_negated
            at = parts.pop(0)[2]
        if not parts or parts[0][1] != "word":
            self._blame(parts[0][2] if parts else at, "A field is missing here.")
            return None
        name, _, place = parts.pop(0)
        if not self._know(name, place):
            return None
        if not parts or parts[0][1] != "sign":
            return Term(name, is_negated=is_negated)
        sign, _, place = parts.pop(0)
        if not parts or parts[0][1] != "text":
            self._blame(place, f'After {sign} comes a text in quotes, such as "Oral".')
            return None
        return Term(name, parts.pop(0)[0][1:-1], is_negated is not (sign == "!="))

    def _know(self, name: str, at: int) -> bool:
        if name in self.fields:
            self.names.add(name)
            return True
        guess = next(iter(difflib.get_close_matches(name[:MAX_SUGGESTION_LENGTH].lower(), self.fields, 1, 0.5)), "")
        sentence = "is no field." if NAME.fullmatch(name) else "is no field; only names of fields may stand here."
        self._blame(at, f"{name[:MAX_SUGGESTION_LENGTH]} {sentence}", guess)
        return False

    def _blame(self, at: int, sentence: str, suggestion: str = "") -> None:
        self._blame_at(*self._place(at), sentence, suggestion)

    def _blame_at(self, line: int, column: int, sentence: str, suggestion: str = "") -> None:
        self.mistakes.append(Mistake(line, column, sentence, suggestion))

    def _place(self, at: int) -> tuple[int, int]:
        at = min(at, len(self.text))
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


def _split_condition(text: str, at: int) -> Iterator[tuple[str, str, int]]:
    """Yield word, kind, place of each part; anything odd is a part of its own."""
    for part in CONDITION_PART.finditer(text):
        kind = str(part.lastgroup)
        yield part[kind], kind, at + part.start(kind)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
