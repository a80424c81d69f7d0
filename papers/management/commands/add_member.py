"""Give somebody a role in a workshop."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email

from papers.accounts import find_or_create_user
from papers.errors import Refusal
from papers.management.refusals import RefusingCommand, find_workshop
from papers.members import add_member
from papers.models import Role


class Command(RefusingCommand):
    """Makes the user where there is none; they sign in by a code sent to the address."""

    help = "Gives EMAIL a role in WORKSHOP; the user is made if needed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for workshop, address and role."""
        parser.add_argument("workshop", metavar="WORKSHOP")
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("role", metavar="ROLE", choices=Role.values, help=", ".join(Role.values))

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role."""
        workshop = find_workshop(options["workshop"])
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refusal(f"{email!r} is not a mail address.") from error
        user = find_or_create_user(email)
        member = add_member(workshop, user, role=options["role"], by=None)
        self.stdout.write(f"{user.email} is {member.get_role_display().lower()} of {workshop}.")
