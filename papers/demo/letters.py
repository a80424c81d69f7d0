"""A typeface for invented papers: letters of five by seven dots, so that no real one need be carried."""

import io
import unicodedata
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

# Five columns a letter, from the space on; the lowest bit is the top row.
DOTS = bytes.fromhex(
    "000000000000005f00000007000700147f147f14242a7f2a12231308646236495620500000070000001c2241000041221c002a1c7f1c2a08083e0808"
    "00503000000808080808006060000020100804023e5149453e00427f400042615149462141454b311814127f1027454545393c4a4949300171090503"
    "3649494936064949291e003636000000563600000008142241141414141441221408000201510906324979413e7e1111117e7f494949363e41414122"
    "7f4141221c7f494949417f090901013e414151327f0808087f00417f41002040413f017f081422417f404040407f0204027f7f0408107f3e4141413e"
    "7f090909063e4151215e7f09192946464949493101017f01013f4040403f1f2040201f7f2018207f631408146303047804036151494543007f414100"
    "02040810200041417f0004020102044040404040000102040020545454787f484444383844444420384444487f3854545418087e0901020814545c3c"
    "7f0804047800447d40002040443d00007f10284400417f40007c041804787c0804047838444444387c14141408081414187c7c080404084854545420"
    "043f4440203c4040207c1c2040201c3c4030403c44281028440c5050503c4464544c44000836410000007f000000413608000201020402"
)
COLUMNS = 5
FIRST, EM, DOT, ADVANCE = 32, 1000, 90, 540
CODES = [*range(FIRST, FIRST + len(DOTS) // COLUMNS), *range(0xC0, 0x100)]
LAST = CODES[-1]
WIDTHS = [ADVANCE if code in CODES else 0 for code in range(FIRST, LAST + 1)]
# Letters that no decomposition leads to plain ones.
PLAIN = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "ß": "B", "æ": "a", "Æ": "A", "þ": "p", "ð": "d", "–": "-", "’": "'"}


def find_plain(letter: str) -> str:
    """Return the plain letter that a letter is drawn as; nothing where there is none."""
    plain = PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)[:1]
    return plain if FIRST <= ord(plain) < FIRST + len(DOTS) // COLUMNS else ""


@cache
def make_typeface() -> bytes:
    """Return it as a TrueType file."""
    names = [".notdef", *(f"u{code}" for code in CODES)]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"u{code}" for code in CODES})
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for code in CODES:
        pen, place = TTGlyphPen(None), ord(find_plain(chr(code)) or " ") - FIRST
        for column, row, count in _list_runs(DOTS[place * COLUMNS : (place + 1) * COLUMNS]):
            left, top = 40 + column * DOT, (7 - row) * DOT
            pen.moveTo((left, top - count * DOT))
            for point in ((left, top), (left + DOT, top), (left + DOT, top - count * DOT)):
                pen.lineTo(point)
            pen.closePath()
        glyphs[f"u{code}"] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (ADVANCE, 40)))
    builder.setupHorizontalHeader(ascent=750, descent=-250)
    builder.setupNameTable({"familyName": "Invented Dots", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _list_runs(dots: bytes) -> list[tuple[int, int, int]]:
    """Return the dots of a letter as columns of neighbors: which column, from which row on, how many."""
    runs: list[tuple[int, int, int]] = []
    for column, bits in enumerate(dots):
        row = 0
        while row < 8:
            count = 0
            while row + count < 8 and bits >> (row + count) & 1:
                count += 1
            if count:
                runs.append((column, row, count))
            row += count + 1
    return runs
