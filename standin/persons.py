"""The people of an invented venue: counted authors and reviewers, and the groups that hold them."""

from standin.answers import Json
from standin.store import Store, make_tilde_id

Author = str | tuple[str, str | None] | Json


def read_author(author: Author) -> Json:
    """Return {"fullname", "username"?} for a name, a (name, id or mail or None) pair, or an object as it is."""
    if isinstance(author, dict):
        return dict(author)
    name, username = (author, make_tilde_id(author)) if isinstance(author, str) else author
    return {"fullname": name, "username": username} if username else {"fullname": name}


def invent_authors(number: int) -> list[Author]:
    """Return the two counted authors of a paper that names none."""
    return [f"First{letter} Author{number}" for letter in "AB"]


def add_author_profile(store: Store, person: Json) -> None:
    """Give an author with a tilde id a profile, with an address at a domain that cannot exist."""
    username = str(person.get("username") or "")
    if username.startswith("~"):
        email = f"{username[1:].lower()}@invented.example"
        history = tuple({"position": "Author", "institution": place} for place in person.get("institutions", ()))
        store.add_profile(username, person["fullname"], emails=(email,), history=history)


def rewrap(entry: Json | None, value: object) -> Json | None:
    """Return the content entry that replaces `entry`; a whole {"value": ...} is taken as it is."""
    if value is None:
        return None
    if isinstance(value, dict) and "value" in value:
        return value
    return {**(entry or {}), "value": value}
