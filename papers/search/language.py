"""Reads a search: text in, a tree out, or a mistake with its place."""

from papers.search.mistakes import SearchMistake
from papers.search.nodes import And, Node, Not, Numbers, Or, Term, Words, write_search
from papers.search.tokens import Piece, Sign, cut_search

__all__ = ["LONGEST", "parse_search", "write_search"]

LONGEST = 5_000
MOST_PARTS = 200
DEEPEST = 40


def parse_search(text: str) -> Node:
    """Return the tree of `text`; an empty text asks nothing and finds everything.

    Raises SearchMistake, and nothing else, for what is no search.
    """
    if len(text) > LONGEST:
        raise SearchMistake(f"This search has {len(text):,} characters; {LONGEST:,} are the most.", text=text, start=LONGEST, end=len(text))
    return _Reading(text, list(cut_search(text))).read()


class _Reading:
    """One pass over the pieces of a search."""

    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.place = 0
        self.depth = 0
        self.part_count = 0

    def read(self) -> Node:
        if not self.pieces:
            return And(())
        found = self.read_alternatives()
        extra = self.peek()
        if extra is not None:
            raise self.blame("Nothing opens what this parenthesis closes.", extra, self.without(extra))
        return found

    def read_alternatives(self) -> Node:
        parts = [self.read_sequence()]
        while self.take("or"):
            parts.append(self.read_sequence())
        return (
            parts[0]
            if len(parts) == 1
            else Or(tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))))
        )

    def read_sequence(self) -> Node:
        parts: list[Node] = []
        is_joined = True
        while True:
            piece = self.peek()
            if piece is None or (isinstance(piece, Sign) and piece.kind in {")", "or"}):
                break
            if isinstance(piece, Sign) and piece.kind == "and" and parts:
                self.place += 1
                is_joined = True
                self.require(piece)
                continue
            part = self.read_part()
            if isinstance(part, Numbers) and not is_joined and isinstance(parts[-1], Numbers) and isinstance(piece, Numbers):
                parts[-1] = Numbers(parts[-1].ranges + part.ranges, parts[-1].start, part.end)
                self.part_count -= 1
            else:
                parts.extend(part.parts if isinstance(part, And) else (part,))
            is_joined = False
        if not parts:
            raise self.blame_nothing()
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def read_part(self) -> Node:
        is_negated = False
        while sign := self.take("not"):
            self.require(sign)
            is_negated = not is_negated
        part = self.read_whole()
        if not is_negated:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def read_whole(self) -> Node:
        piece = self.pieces[self.place]
        if isinstance(piece, Sign):
            if piece.kind != "(":
                raise self.blame_nothing()
            return self.read_enclosed(piece)
        self.place += 1
        self.part_count += len(piece.values) if isinstance(piece, Term) else len(piece.text.split()) if isinstance(piece, Words) else 1
        if self.part_count > MOST_PARTS:
            raise self.blame(f"This search asks for more than {MOST_PARTS} things; ask for fewer.", piece)
        return piece

    def read_enclosed(self, opening: Sign) -> Node:
        self.place += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.blame(f"Parentheses stand {self.depth} deep here; {DEEPEST} are the most.", opening)
        if self.peek() is None:
            raise self.blame("A parenthesis opens here with nothing in it.", opening, self.without(opening))
        found = self.read_alternatives()
        closing = self.take(")")
        if closing is None:
            raise self.blame("A parenthesis opens here without an end.", opening, f"{self.text.rstrip()})")
        self.depth -= 1
        return found

    def peek(self) -> Piece | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def take(self, kind: str) -> Sign | None:
        piece = self.peek()
        if isinstance(piece, Sign) and piece.kind == kind:
            self.place += 1
            return piece
        return None

    def require(self, sign: Sign) -> None:
        """Refuse a connective with nothing after it to connect."""
        piece = self.peek()
        if piece is None or (isinstance(piece, Sign) and piece.kind not in {"(", "not"}):
            raise self.blame(f"“{self.text[sign.start : sign.end]}” needs something after it.", sign, self.without(sign))

    def blame_nothing(self) -> SearchMistake:
        """Say that a connective or a parenthesis stands where something to look for is due."""
        sign = self.peek()
        before = self.pieces[self.place - 1] if self.place else None
        if isinstance(sign, Sign) and sign.kind == ")" and isinstance(before, Sign) and before.kind == "(":
            better = f"{self.text[: before.start]} {self.text[sign.end :]}".strip()
            return SearchMistake(
                "Nothing stands between these parentheses.", text=self.text, start=before.start, end=sign.end, suggestion=better
            )
        if isinstance(sign, Sign) and sign.kind == ")" and before is None:
            return self.blame("Nothing opens what this parenthesis closes.", sign, self.without(sign))
        if isinstance(sign, Sign) and sign.kind in {"and", "or"}:
            return self.blame(f"“{self.text[sign.start : sign.end]}” needs something before it.", sign, self.without(sign))
        assert isinstance(before, Sign)
        return self.blame(f"“{self.text[before.start : before.end]}” needs something after it.", before, self.without(before))

    def without(self, piece: Piece) -> str:
        """Return the search without one piece."""
        return f"{self.text[: piece.start].rstrip()} {self.text[piece.end :].lstrip()}".strip()

    def blame(self, sentence: str, piece: Piece, suggestion: str = "") -> SearchMistake:
        return SearchMistake(sentence, text=self.text, start=piece.start, end=piece.end, suggestion=suggestion)
