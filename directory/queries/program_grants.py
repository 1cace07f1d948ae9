"""Grants on the texts of programs, seen from both sides."""

from __future__ import annotations

from dataclasses import dataclass

from directory.models import OrganizationCard, Program, ProgramGrant, ProgramText
from network.queries.groups import group_name, organization_of
from network.tenancy import Actor


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A program of another group whose texts the organization acted for may edit."""

    grant: ProgramGrant
    owner: OrganizationCard | None
    name: str
    name_language: str


def coalitions_granted(program: Program) -> list[OrganizationCard]:
    """Who may edit the texts of a program of one's own. Two queries."""
    grants = ProgramGrant.objects.filter(content_object=program).select_related("group")
    ids = [organization_of(grant.group) for grant in grants]
    return list(OrganizationCard.objects.filter(pk__in=ids))


def grants_held(actor: Actor) -> list[HeldGrant]:
    """The programs of others whose texts one may edit. Three queries, one where there is none."""
    if actor.organization_id is None:
        return []
    held = ProgramGrant.objects.beyond_scope().filter(
        group__name=group_name(actor.organization_id)
    )
    grants = list(held.order_by("pk"))
    if not grants:
        return []
    cards = OrganizationCard.objects.in_bulk([grant.organization_id for grant in grants])
    texts = ProgramText.objects.beyond_scope().filter(
        program__in=[grant.content_object_id for grant in grants]
    )
    names: dict[object, list[ProgramText]] = {}
    for text in texts.exclude(name="").order_by("language"):
        names.setdefault(text.program_id, []).append(text)
    found = []
    for grant in grants:
        first = next(iter(names.get(grant.content_object_id, ())), None)
        found.append(
            HeldGrant(
                grant,
                cards.get(grant.organization_id),
                first.name if first else "",
                first.language if first else "",
            )
        )
    return found


def grant_held(actor: Actor, number: int) -> ProgramGrant:
    """One grant that the organization acted for holds. One query.

    Raises:
        ProgramGrant.DoesNotExist: it holds no such grant.
    """
    held = ProgramGrant.objects.beyond_scope()
    if actor.organization_id is None:
        raise ProgramGrant.DoesNotExist
    return held.get(pk=number, group__name=group_name(actor.organization_id))
