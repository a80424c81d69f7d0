"""An invented venue of any size, for benchmarks: counted values, texts of a realistic length."""

from standin.store import Store
from standin.venue import Venue

VENUE = "invented.example/2026/Workshop/Large"
TRACKS = ("Full paper (up to 8 pages)", "Short paper (up to 4 pages)")
DECISIONS = ("Accept (Poster)", "Accept (Poster)", "Accept (Oral)", "Reject", "Reject")
AUTHORS = 4
REVIEWS = 3
SENTENCES = (
    "We study how synthetic images change the training of recognition models when real images are few.",
    "The generator is conditioned on layouts that a second network proposes from counted captions.",
    "Across many settings the gain is largest where the real data are most unbalanced.",
    "An ablation shows that the choice of the filter matters more than the number of samples.",
    "The method needs no labels beyond those of the small real set and runs on one device.",
    "We report means and deviations over five runs and release every configuration.",
    "Failure cases are dominated by thin structures, mirrors and text inside images.",
    "A study with people finds the generated scenes hard to tell from photographs.",
    "The cost of generation is paid once and shared by all the tasks that follow.",
    "Limits remain: the approach inherits the biases of the models it builds on.",
)


def write_text(seed: int, length: int) -> str:
    """Return counted sentences of at least `length` characters, different for every seed."""
    text = f"Text {seed}."
    place = seed
    while len(text) < length:
        text += " " + SENTENCES[place % len(SENTENCES)]
        place += 1 + seed % 7
    return text


def name_author(number: int, place: int, size: int) -> str:
    """Return a counted name; each author turns up on about two papers."""
    return f"Invented Author {1 + (number * AUTHORS + place * 7) % max(1, 2 * size)}"


def build_invented(size: int, venue_id: str = VENUE) -> Store:
    """Return a released venue of `size` papers: abstracts of 1.5 KB, four authors, three reviews of 800 bytes each."""
    store = Store()
    venue = Venue(store, venue_id, title="An invented workshop", short="Large 2026", lean=True)
    venue.add_chair("chair@syntagen.example", "Invented Chair 1")
    venue.add_person("outsider@syntagen.example", "Invented Outsider 5")
    for number in range(1, size + 1):
        authors = [name_author(number, place, size) for place in range(AUTHORS)]
        venue.add_submission(
            f"Invented: counted paper {number} on synthetic data",
            authors,
            track=TRACKS[number % 2],
            pdf=f"/pdf/{number:040x}.pdf",
            content={"abstract": write_text(number, 1500), "keywords": ["synthetic data", f"topic {number % 50}"], "invented": True},
        )
        for count in range(REVIEWS):
            venue.add_review(number, text=write_text(number * REVIEWS + count, 800), invented=True)
        venue.add_decision(number, DECISIONS[number % len(DECISIONS)])
    venue.release()
    return store
