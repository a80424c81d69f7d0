"""Reference files of real workshops become stand-in data: facts kept, inventions marked, odd files survived."""

import json
from pathlib import Path
from typing import Any

import pytest

from standin.reference import main, read_reference
from standin.store import Store

DATA = Path(__file__).parents[2] / "standin" / "data"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reference"
PAPER = {"title": "A title", "authors": ["Ann One", "Ben Two"], "openreview_forum_id": "abcDEF1234", "presentation": "oral"}


def list_papers(store: Store) -> list[dict[str, Any]]:
    return sorted((note for note in store.notes.values() if note["id"] == note["forum"]), key=lambda note: note["number"])


def read(**parts: Any) -> Store:
    return read_reference({"name": "odd", **parts})


@pytest.mark.parametrize("name", ["syntagen24", "syntagen25"])
def test_committed_data_follow_from_the_reference(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = SHARED / f"{name}.json"
    if not source.exists():
        pytest.skip("the reference files are not on this machine")
    monkeypatch.setattr("sys.argv", ["reference", str(source), "--out", str(tmp_path / "out.json")])
    assert main() == 0
    assert (tmp_path / "out.json").read_bytes() == (DATA / f"{name}.json").read_bytes()
    facts = json.loads(source.read_text())["papers"]
    papers = list_papers(Store.load(DATA / f"{name}.json"))[: len(facts)]
    assert [(p["id"], p["content"]["title"]["value"], p["content"]["authors"]["value"]) for p in papers] == [
        (fact["openreview_forum_id"], fact["title"], fact["authors"]) for fact in facts
    ]
    assert [p["content"]["venue"]["value"].rpartition(" ")[2].lower() for p in papers] == [fact["presentation"] for fact in facts]
    assert {p["content"]["venueid"]["value"] for p in papers} == {p["domain"] for p in papers}


@pytest.mark.parametrize("name", ["syntagen24", "syntagen25"])
def test_everything_invented_says_so(name: str) -> None:
    store = Store.load(DATA / f"{name}.json")
    accepted = [note for note in list_papers(store) if note["content"]["venueid"]["value"] == note["domain"]]
    others = [note for note in list_papers(store) if note not in accepted]
    assert all(note["content"]["invented_fields"]["value"] == ["authorids", "pdf", "track"] for note in accepted)
    assert all(note["content"]["title"]["value"].startswith("Invented: ") for note in others)
    assert all(author.startswith("Invented ") for note in others for author in note["content"]["authors"]["value"])
    assert {note["content"]["venueid"]["value"].rpartition("/")[2] for note in others} == {
        "Rejected_Submission",
        "Withdrawn_Submission",
        "Desk_Rejected_Submission",
    }
    reviews = [note for note in store.notes.values() if "review" in note["content"]]
    assert all(note["content"]["invented"]["value"] and "Invented" in note["content"]["review"]["value"] for note in reviews)
    assert len(reviews) == 3 * (len(list_papers(store)) - 2)
    assert {type(note["content"][name]["value"]) for note in reviews for name in ("rating", "confidence")} == {int}


def test_both_editions_load_together_under_one_account() -> None:
    store = Store.load(DATA / "syntagen24.json", DATA / "syntagen25.json")
    chairs = [store.groups[f"thecvf.com/CVPR/{year}/Workshop/SyntaGen/Program_Chairs"]["members"] for year in (2024, 2025)]
    assert chairs == [["~Invented_Chair_11", "~Invented_Chair_Author_21"]] * 2
    assert store.accounts.keys() == {f"{name}@syntagen.example" for name in ("chair", "chair-author", "publication", "author", "outsider")}
    assert {account["password"] for account in store.accounts.values()} == {"loopback-only"}


def test_without_inventions_only_facts_remain(tmp_path: Path) -> None:
    store = read_reference({"name": "odd", "tracks": [{"name": "Full papers", "max_pages": 8}], "papers": [PAPER]}, with_invented=False)
    assert [note["content"].keys() for note in store.notes.values()] == [
        {"title", "authors", "authorids", "pdf", "invented_fields", "venue", "venueid"},
        {"title", "decision", "comment"},
    ]
    store.save(tmp_path / "a.json")
    assert Store.load(tmp_path / "a.json").to_json() == store.to_json()


@pytest.mark.parametrize(
    ("workshop", "group"),
    [
        ({"openreview_group": " a.org/2024/Workshop/W/ "}, "a.org/2024/Workshop/W"),
        ({"openreview_url": "https://openreview.net/group?id=a.org/2024/Workshop/W#tab"}, "a.org/2024/Workshop/W"),
        ({"short": "Odd & Co", "conference": "ICML 2023", "openreview_group": None}, "standin.example/2023/Workshop/Odd_Co"),
        (None, "standin.example/2000/Workshop/odd"),
    ],
)
def test_venue_id_is_found_or_derived(workshop: Any, group: str) -> None:
    store = read(workshop=workshop, papers=[PAPER])
    assert [note["domain"] for note in list_papers(store)] == [group] * 5
    assert list(store.about) == [group]


def test_odd_papers_are_survived() -> None:
    odd = [
        {"title": "No id", "authors": "Ann One, Ben Two and Cy Three", "presentation": None},
        {"title": "Linked", "authors": [{"name": "Ann One", "affiliation": None}], "url": "https://openreview.net/forum?id=linked1234"},
        {"title": "Same id", "authors": [], "openreview_forum_id": "linked1234", "presentation": "spotlight"},
        {"title": None, "authors": None, "presentation": ["oral", "poster"], "awards": ["Best Paper"], "url": "https://arxiv.org/abs/1"},
        {
            "title": "Affiliated",
            "authors": [{"name": "Dee Four", "affiliation": "A Place"}],
            "presentation": "lightning_talk",
            "track": "Demos",
        },
        "not a paper",
    ]
    store = read(papers=odd, tracks=["Papers", {"name": "Demos", "max_pages": None}], dates=[None, {"kind": "submission", "utc": "soon"}])
    papers = list_papers(store)[:5]
    assert [(p["content"]["title"]["value"], p["content"]["venue"]["value"]) for p in papers] == [
        ("No id", "Workshop"),
        ("Linked", "Workshop"),
        ("Same id", "Workshop Spotlight"),
        ("Untitled paper 4", "Workshop OralPoster"),
        ("Affiliated", "Workshop LightningTalk"),
    ]
    assert [len(p["content"]["authors"]["value"]) for p in papers] == [3, 1, 0, 0, 1]
    assert (papers[1]["id"], len({p["id"] for p in papers})) == ("linked1234", 5)
    assert [p["content"]["track"]["value"] for p in papers] == ["Papers", "Demos", "Papers", "Papers", "Demos"]
    comments = [note["content"]["comment"]["value"] for note in store.notes.values() if "decision" in note["content"]]
    assert comments[3] == "Award: Best Paper"
    assert store.profiles["~Dee_Four1"]["content"]["history"] == [{"position": "Author", "institution": {"name": "A Place"}}]


@pytest.mark.parametrize("wrong", [None, 7, "text", [7], {"a": 1}])
def test_parts_of_a_wrong_kind_are_left_out(wrong: Any) -> None:
    store = read(workshop=wrong, papers=[{**PAPER, "authors": wrong}], tracks=wrong, dates=wrong)
    assert list_papers(store)[0]["id"] == "abcDEF1234"
    assert len(list_papers(read(papers=wrong))) == 4


def test_empty_and_malformed_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list_papers(read())) == 4
    for text, told in (("[]", "not a JSON object"), ("{", "Expecting"), (None, "No such file")):
        path = tmp_path / "bad.json"
        path.unlink(missing_ok=True)
        if text:
            path.write_text(text)
        monkeypatch.setattr("sys.argv", ["reference", str(path), "--out", str(tmp_path / "out.json")])
        assert (main(), told in capsys.readouterr().err, (tmp_path / "out.json").exists()) == (1, True, False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann One, Ben Two, Jr., and Cy Three", ["Ann One", "Ben Two, Jr.", "Cy Three"]),
        ("One, Ann; Two, Ben", ["One, Ann", "Two, Ben"]),
        ("Ann One and Isaac Two, Ivy Three", ["Ann One", "Isaac Two", "Ivy Three"]),
    ],
)
def test_names_in_one_text_are_told_apart(text: str, names: list[str]) -> None:
    (paper, *_) = list_papers(read(papers=[{"title": "One", "authors": text}]))
    assert paper["content"]["authors"]["value"] == names
