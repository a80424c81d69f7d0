"""Workshops as the API answers them."""

from papers.api.shapes import ApiWorkshop, ApiWorkshops
from papers.models import User, Workshop


def list_api_workshops(user: User | None, *, address: str) -> ApiWorkshops:
    """Return the workshops in sight of `user`, or of anybody; `address` is where papers are, with {slug} in it."""
    shown = Workshop.objects.for_api(user)
    return ApiWorkshops(
        tuple(
            ApiWorkshop(
                slug=workshop.slug,
                name=workshop.name,
                short_name=workshop.short_name,
                year=workshop.year,
                conference=workshop.conference,
                starts_on=workshop.starts_on,
                ends_on=workshop.ends_on,
                role=getattr(workshop, "member_role", None) or "",
                papers=address.replace("{slug}", workshop.slug),
            )
            for workshop in shown
        )
    )
