"""`manage.py create_organization`: a group of this node, with its first owner."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.text import slugify

from directory.models import Country
from network.actions.organizations import create_organization, grant_membership
from network.enums import OrganizationKind, Role
from network.models import Organization
from network.project.commands import Command as BaseCommand
from network.project.people import described, link_for, operator, person_for


class Command(BaseCommand):
    """An organization, its owner, and a link with which the owner signs in."""

    help = (
        "Make a group and its first owner. Examples: "
        "manage.py create_organization --name 'Example Visitors' --country GB "
        "--owner-email amara@example.org; the same with --verified --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name, country and owner."""
        super().add_arguments(parser)
        parser.add_argument("--name", required=True, help="as the group writes it")
        parser.add_argument("--country", required=True, help="two letters, such as GB")
        parser.add_argument("--owner-email", required=True, help="who will own it")
        parser.add_argument("--slug", default="", help="the last part of its address")
        parser.add_argument(
            "--kind", default=OrganizationKind.PROGRAM_OPERATOR, choices=OrganizationKind.values
        )
        parser.add_argument(
            "--verified", action="store_true", help="you know this group: it may publish at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say how its owner signs in.

        Raises:
            CommandError: the country is unknown, or the slug is taken.
        """
        country = options["country"].upper()
        slug = options["slug"] or slugify(options["name"])[:80].strip("-")
        with operator() as actor:
            if not Country.objects.filter(iso2=country).exists():
                raise CommandError(f"{country} is no country that this node knows. Write GB, FR.")
            if not slug:
                raise CommandError("The name gives no slug of letters a to z: write --slug.")
            if Organization.objects.filter(slug=slug).exists():
                raise CommandError(f"The slug {slug} is taken. Write another with --slug.")
            organization = create_organization(
                actor,
                slug=slug,
                name=options["name"],
                country=country,
                kind=OrganizationKind(options["kind"]),
                is_verified=options["verified"],
            )
            owner = person_for(actor, options["owner_email"])
            grant_membership(actor, organization=organization, person=owner, role=Role.OWNER)
            link = link_for(actor, owner)
        self.answer(
            {
                "organization": {"id": str(organization.pk), "slug": slug},
                "owner": {**described(owner), "sign_in_link": link},
            },
            f"{organization.name} is at /desk/{slug}/. {owner.email} signs in once with {link}",
            as_json=options["json"],
        )
