"""Breaks PDF files in counted ways: bytes changed, cut, moved; values replaced by others of another kind."""

import io
import random
from collections.abc import Callable

import pikepdf

STRANGE = (
    lambda: pikepdf.Array([]),
    lambda: pikepdf.Array([pikepdf.Dictionary(), -1, pikepdf.Name("/X")]),
    pikepdf.Dictionary,
    lambda: pikepdf.Name("/Strange"),
    lambda: pikepdf.String("strange"),
    lambda: -1,
    lambda: 10**12,
    lambda: 0.5,
    lambda: True,
)
Mutation = Callable[[bytes, random.Random], bytes]


def flip_bytes(content: bytes, dice: random.Random) -> bytes:
    """Change up to 40 bytes."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 40)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut_end(content: bytes, dice: random.Random) -> bytes:
    """Keep the beginning only."""
    return content[: dice.randrange(1, len(content))]


def drop_block(content: bytes, dice: random.Random) -> bytes:
    """Take out up to 4 kB."""
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randint(1, 4096) :]


def repeat_block(content: bytes, dice: random.Random) -> bytes:
    """Say up to 4 kB twice."""
    start = dice.randrange(len(content))
    return content[:start] + content[start : start + dice.randint(1, 4096)] + content[start:]


def change_digits(content: bytes, dice: random.Random) -> bytes:
    """Change numbers outside streams: references, lengths, boxes."""
    changed = bytearray(content)
    places = [index for index, byte in enumerate(content) if 48 <= byte <= 57]
    for place in dice.sample(places, min(len(places), dice.randint(1, 30))):
        changed[place] = 48 + dice.randrange(10)
    return bytes(changed)


def replace_values(content: bytes, dice: random.Random) -> bytes:
    """Replace values of dictionaries by others of another kind, in a file that is otherwise sound."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        holders = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(dice.randint(1, 6)):
            holder = dice.choice(holders)
            keys = sorted(key for key in holder if key not in {"/Length", "/Filter", "/Root"})
            if keys:
                holder[str(dice.choice(keys))] = dice.choice(STRANGE)()
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def point_elsewhere(content: bytes, dice: random.Random) -> bytes:
    """Replace values by other objects of the file, which makes rings."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        holders = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(dice.randint(1, 4)):
            holder, target = dice.choice(holders), dice.choice(list(pdf.objects))
            keys = sorted(key for key in holder if key not in {"/Length", "/Filter"})
            if keys:
                holder[str(dice.choice(keys))] = target
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes,
    cut_end,
    drop_block,
    repeat_block,
    change_digits,
    replace_values,
    replace_values,
    point_elsewhere,
)


def mutate(content: bytes, seed: int) -> bytes:
    """Return the file broken in the way that the seed chooses; the whole file when the way is barred."""
    dice = random.Random(seed)
    try:
        return MUTATIONS[seed % len(MUTATIONS)](content, dice)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError, RuntimeError):
        return flip_bytes(content, dice)
