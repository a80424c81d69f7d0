"""Paths stay inside the site, and what is read-only stays as it is."""

from pathlib import Path

import pytest

from program.errors import SiteNotWritable
from program.site_files.folders import find_folder, find_target


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "_pages").mkdir(parents=True)
    (tmp_path / "site" / ".git").mkdir()
    (tmp_path / "site" / "_pages" / "home.md").write_text("x")
    (tmp_path / "outside.md").write_text("x")
    return find_folder(tmp_path / "site")


def test_file_inside_is_found_also_through_a_link(site: Path) -> None:
    (site / "link.md").symlink_to("_pages/home.md")
    assert find_target(site, "_pages/home.md") == find_target(site, "link.md") == site / "_pages" / "home.md"


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../outside.md", "_pages/../../outside.md", "~/x", "a\\b", "C:/x", "x\0y"])
def test_path_that_is_not_relative_is_refused(site: Path, path: str) -> None:
    with pytest.raises(SiteNotWritable, match="is not a path inside the site"):
        find_target(site, path)


def test_link_that_leads_out_is_refused(site: Path) -> None:
    (site / "file.md").symlink_to("../outside.md")
    (site / "folder").symlink_to("..")
    for path in ("file.md", "folder/outside.md"):
        with pytest.raises(SiteNotWritable, match=r"leads out of .* by a symbolic link"):
            find_target(site, path)


def test_what_belongs_to_git_is_refused(site: Path) -> None:
    with pytest.raises(SiteNotWritable, match="belongs to git"):
        find_target(site, ".git/config", may_be_missing=True)


def test_missing_file_is_refused_unless_it_may_be_made(site: Path) -> None:
    with pytest.raises(SiteNotWritable, match=r"_pages/new\.md is not there\. Create it, or give it to the block as a whole"):
        find_target(site, "_pages/new.md")
    assert find_target(site, "deep/new.md", may_be_missing=True) == site / "deep" / "new.md"


def test_folder_in_the_place_of_a_file_is_refused(site: Path) -> None:
    with pytest.raises(SiteNotWritable, match="_pages is not a file"):
        find_target(site, "_pages")


def test_read_only_file_and_folder_are_refused(site: Path) -> None:
    (site / "_pages" / "home.md").chmod(0o444)
    with pytest.raises(SiteNotWritable, match="is read-only"):
        find_target(site, "_pages/home.md")
    (site / "_pages").chmod(0o555)
    with pytest.raises(SiteNotWritable, match=r"can't be created: .* may not be written"):
        find_target(site, "_pages/new.md", may_be_missing=True)
    (site / "_pages").chmod(0o755)


def test_site_must_be_a_folder(site: Path) -> None:
    with pytest.raises(SiteNotWritable, match="is not a folder"):
        find_folder(site / "_pages" / "home.md")
