"""Grants on single programs, held by another organization's group."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from directory.models.program import Program
from network.models import Organization
from network.tenancy.managers import TenantManager


class GrantManager(TenantManager["ProgramGrant"]):
    """The grants in scope; guardian asks it of what kind they are."""

    def is_generic(self) -> bool:
        """Each grant has its program as a foreign key."""
        return False


class ProgramGrant(GroupObjectPermissionBase):
    """What a group may do to one program that is not its organization's; gone with the program.

    `organization` is the program's, which gives and takes the grant.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    content_object = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="grants")

    # In place of the manager with which guardian itself would grant: actions do.
    objects = GrantManager()  # type: ignore[assignment,misc]  # as said above

    class Meta(GroupObjectPermissionBase.Meta):
        """One grant of a kind for each group."""

        default_permissions = ()


class ProgramPersonGrant(UserObjectPermissionBase):
    """The table that guardian wants beside it. Always empty: people hold roles, not grants."""

    content_object = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        """Nobody is granted anything in person."""

        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=models.Q(pk__lt=0), name="program_person_grant_none"),
        )
