"""The invented organizers of an invented workshop, some of them in conflict with papers."""

from allauth.account.models import EmailAddress

from papers.accounts import find_or_create_user
from papers.arrivals import put_search_text, read_local
from papers.demo.people import list_institutions
from papers.members import add_member
from papers.models import Author, AuthorClaim, ConflictOfInterest, Membership, Paper, Role, User, Workshop

OWNER = "olga@invented.example"
OFFICE = {"name": "Office of Invented Workshops", "domain": "office.invented.example"}  # from where nobody submits
# Address, name, role, place of their institution among the invented ones, how many papers they look after at most.
CAST: tuple[tuple[str, str, Role, int | None, int | None], ...] = (
    (OWNER, "Olga Deskwright", Role.OWNER, None, None),
    ("henrik@invented.example", "Henrik Papershank", Role.ORGANIZER, 0, None),
    ("mei@invented.example", "Mei Ballotspoke", Role.ORGANIZER, 7, None),
    ("tariq@invented.example", "Tariq Rankfeather", Role.ORGANIZER, 12, None),
    ("ines@invented.example", "Ines Tallymantle", Role.ORGANIZER, 22, None),
    ("pavel@invented.example", "Pavel Slotgorse", Role.ORGANIZER, 16, None),
    ("noor@invented.example", "Noor Mailrivet", Role.ASSISTANT, 30, 20),
    ("sam@invented.example", "Sam Badgeknot", Role.ASSISTANT, 41, 20),
)


def add_invented_members(workshop: Workshop) -> list[Membership]:
    """Give the invented organizers their roles, and conflicts of interest with a few of the papers that are there."""
    institutions, members = list_institutions(), list[Membership]()
    for email, name, role, place, capacity in CAST:
        member = add_member(workshop, _find_person(email, name), role=role, by=None)
        member.institutions = [OFFICE if place is None else institutions[place]]
        member.capacity = capacity
        member.save(update_fields=["institutions", "capacity"])
        members.append(member)
    _write_paper_together(workshop, members)
    return members


def _find_person(email: str, name: str) -> User:
    user = find_or_create_user(email)
    user.name = name
    user.save(update_fields=["name"])
    EmailAddress.objects.filter(user=user, email=email).update(verified=True)
    return user


def _write_paper_together(workshop: Workshop, members: list[Membership]) -> None:
    """Make an author of one member, and let two others declare conflicts."""
    papers = list(Paper.objects.in_workshop(workshop).active().order_by("number")[:6])
    if not papers:
        return
    writer, declarer, coauthor = members[1], members[2], members[3]
    place = papers[0].authors.count() + 1
    author = Author.objects.create(paper=papers[0], position=place, name=str(writer.user), institutions=writer.institutions)
    put_search_text(papers[0], read_local(papers[0])["authors"])
    papers[0].save(update_fields=["search_text"])
    # Not by mail: the organizers' addresses share a domain, and who shares a domain is in conflict.
    AuthorClaim.objects.create(
        user=writer.user,
        paper=papers[0],
        author=author,
        ground=AuthorClaim.Ground.ORGANIZER,
        evidence=members[0].user.email,
        by=members[0].user,
    )
    ConflictOfInterest.objects.bulk_create(
        ConflictOfInterest(paper=paper, member=declarer, ground=ConflictOfInterest.Ground.DECLARED, evidence="declared when joining")
        for paper in papers[1:3]
    )
    coauthor.collaborators = [author.name for author in papers[-1].authors.all()[:2]]
    coauthor.save(update_fields=["collaborators"])
