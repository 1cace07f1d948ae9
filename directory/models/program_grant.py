"""Grants on single programs, held by another organization's group."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from directory.models.program import Program


class ProgramGrant(GroupObjectPermissionBase):
    """What a group may do to one program that is not its organization's; gone with the program."""

    content_object = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="grants")

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
