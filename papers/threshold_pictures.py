"""The histogram of a threshold as figures for an SVG: places in units of its own view box."""

from dataclasses import dataclass

from papers.thresholds import Bar, Outlook

WIDTH, HEIGHT, FOOT = 600, 130, 18


@dataclass(frozen=True, slots=True)
class Block:
    """One colored part of a bar."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A number below the bars, or a line across them with its name."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Blocks, numbers below, lines of the thresholds; `text` says the same for who can't see it."""

    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[Tick, ...]
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT


def draw_histogram(outlook: Outlook) -> Histogram:
    """Return the histogram of an outlook: one bar for each step of the measure, a line for each level."""
    low, high = outlook.span
    scale = WIDTH / (high - low)
    most = max((bar.count for bar in outlook.bars), default=0) or 1
    blocks: list[Block] = []
    for bar in outlook.bars:
        blocks += _stack(bar, (bar.start - low) * scale, outlook.width * scale, (HEIGHT - FOOT - 6) / most, outlook.width)
    step = max(1, round((high - low) / 12))
    ticks = tuple(Tick(round((at - low) * scale, 1), str(at)) for at in range(int(low), int(high) + 1, step))
    levels = {track.level: track.name for track in outlook.tracks} if outlook.threshold.levels else {outlook.threshold.level: ""}
    lines = tuple(Tick(round((level - low) * scale, 1), name) for level, name in sorted(levels.items()) if low <= level <= high)
    rated = sum(bar.count for bar in outlook.bars)
    text = f"Histogram of {rated} rated papers: {sum(bar.accepted for bar in outlook.bars)} accepted, "
    return Histogram(tuple(blocks), ticks, lines, f"{text}{sum(bar.rejected for bar in outlook.bars)} rejected.")


def _stack(bar: Bar, x: float, width: float, unit: float, step: float) -> list[Block]:
    blocks, y = list[Block](), float(HEIGHT - FOOT)
    place = f"{bar.start:g} to {bar.start + step:g}"
    for kind, count in (("accept", bar.accepted), ("open", bar.open), ("reject", bar.rejected)):
        if count:
            y -= count * unit
            size = round(max(width - 1.5, 1), 1), round(count * unit, 1)
            blocks.append(Block(kind, round(x + 0.75, 1), round(y, 1), *size, f"{place}: {count} {NAMES[kind]}"))
    return blocks


NAMES = {"accept": "accepted", "reject": "rejected", "open": "undecided"}
