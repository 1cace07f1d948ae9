"""What each table is for, who may see it, and how long its rows stay.

Written by hand, for every table there is: a test fails when one is missing, and the page that
shows them says so too.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DataClass(models.TextChoices):
    """Who may see the rows of a table."""

    PUBLIC = "public", pgettext_lazy("class of data", "Public")
    TENANT = "tenant", pgettext_lazy("class of data", "One group's own")
    SYSTEM = "system", pgettext_lazy("class of data", "The node's own")
    UNCLASSIFIED = "unclassified", pgettext_lazy("class of data", "Not classified")


@dataclass(frozen=True, slots=True)
class TableClass:
    """The class of one table, what it holds and how long, in words for people."""

    data_class: DataClass
    holds: str | Promise
    kept: str | Promise


_WHILE_LISTED = _("Until it is replaced or taken off")
_FOR_GOOD = _("For good")
_WITH_GROUP = _("Until the group deletes it or leaves")
_WITH_MEMBERSHIP = _("Until the membership or the group ends")
_RIGHTS = _("Names of rights; no person")

_P, _T, _S = DataClass.PUBLIC, DataClass.TENANT, DataClass.SYSTEM

CLASSES: dict[str, TableClass] = {
    "directory.Country": TableClass(_P, _("Countries, their names and languages"), _FOR_GOOD),
    "directory.CountryAccess": TableClass(
        _P, _("Statements on who may visit in a country, with source and date"), _WHILE_LISTED
    ),
    "directory.Facility": TableClass(
        _P, _("Places of detention, as the pages show them"), _WHILE_LISTED
    ),
    "directory.FacilityClaim": TableClass(
        _P, _("What each source says of a place of detention"), _FOR_GOOD
    ),
    "directory.VisitingRule": TableClass(
        _P, _("Rules for a visit, with source and date"), _WHILE_LISTED
    ),
    "directory.AccessEvent": TableClass(
        _P, _("The ledger: when access was given, narrowed or taken, as a source says"), _FOR_GOOD
    ),
    "directory.GazetteerPlace": TableClass(
        _P, _("Towns of the world, from GeoNames, to find places by their names"), _FOR_GOOD
    ),
    "directory.GazetteerName": TableClass(
        _P, _("The names of these towns in many scripts"), _FOR_GOOD
    ),
    "directory.OrganizationCard": TableClass(
        _P, _("What the public may know of a group"), _WHILE_LISTED
    ),
    "directory.Listing": TableClass(
        _P,
        _("Programs, as the pages show them; what a group withholds is not in it"),
        _WHILE_LISTED,
    ),
    "directory.ListingFacility": TableClass(
        _P, _("Which places a listed program visits"), _WHILE_LISTED
    ),
    "directory.ListingTag": TableClass(
        _P, _("Languages, services and coalitions of listed programs"), _WHILE_LISTED
    ),
    "directory.ListingWord": TableClass(
        _P, _("The words by which listed programs are found"), _WHILE_LISTED
    ),
    "directory.FacilityWord": TableClass(
        _P, _("The words by which places of detention are found"), _WHILE_LISTED
    ),
    "directory.CardWord": TableClass(_P, _("The words by which groups are found"), _WHILE_LISTED),
    "directory.WordForm": TableClass(
        _P,
        _("All words of public entries, with their parts and typing errors, for the search"),
        _("Until no entry holds the word"),
    ),
    "directory.Suppression": TableClass(
        _S, _("Names of entries that were taken off, so that they do not come back"), _FOR_GOOD
    ),
    "directory.Removal": TableClass(
        _P,
        _("Programs that are listed no more, by number only, for those who keep a copy"),
        _FOR_GOOD,
    ),
    "directory.Revision": TableClass(
        _P, _("A mark that changes whenever the public directory does"), _FOR_GOOD
    ),
    "directory.Claimed": TableClass(
        _P,
        _("Addresses of entries that groups took over, so that sources do not bring them back"),
        _FOR_GOOD,
    ),
    "directory.Program": TableClass(
        _T, _("A group's working copy of a program, withheld fields included"), _WITH_GROUP
    ),
    "directory.ProgramText": TableClass(
        _T, _("The texts of a working copy, one row for each language"), _WITH_GROUP
    ),
    "directory.ProgramFacility": TableClass(
        _T, _("Which places a working copy names"), _WITH_GROUP
    ),
    "directory.ProgramGrant": TableClass(
        _T, _("Which other group may edit the texts of one program"), _WITH_GROUP
    ),
    "directory.ProgramPersonGrant": TableClass(
        _T, _("Always empty: people hold roles, not grants"), _WITH_GROUP
    ),
    "network.Organization": TableClass(_T, _("Groups with an account on this node"), _WITH_GROUP),
    "network.Person": TableClass(
        _T,
        _("People with an account: e-mail address, name to show, password as a hash, language"),
        _("Until the account is deleted"),
    ),
    "network.Membership": TableClass(
        _T, _("Who belongs to which group, in which role"), _WITH_MEMBERSHIP
    ),
    "network.Invitation": TableClass(
        _T,
        _("Invitations into a group: the address invited, and the link as a hash"),
        _("The link works for 7 days"),
    ),
    "network.AuditEntry": TableClass(
        _T, _("Who did what to which object when; no text of messages"), _("365 days")
    ),
    "network.Person_groups": TableClass(
        _T, _("Which person belongs to the rights of which group"), _WITH_MEMBERSHIP
    ),
    "network.Person_user_permissions": TableClass(
        _S, _("Rights given to one person directly; nothing of this product writes it"), _FOR_GOOD
    ),
    "network.Node": TableClass(
        _S, _("This node's own name and contact, and other nodes it knows"), _FOR_GOOD
    ),
    "network.Job": TableClass(
        _S, _("When each periodic job last ran, and what it did"), _("Until the next run")
    ),
    "auth.Group": TableClass(_S, _("One row for each group, which grants hang on"), _WITH_GROUP),
    "auth.Group_permissions": TableClass(_S, _RIGHTS, _FOR_GOOD),
    "auth.Permission": TableClass(_S, _RIGHTS, _FOR_GOOD),
    "contenttypes.ContentType": TableClass(_S, _("Names of the tables"), _FOR_GOOD),
    "guardian.UserObjectPermission": TableClass(
        _S, _("Comes with a library; nothing of this product writes it"), _FOR_GOOD
    ),
    "guardian.GroupObjectPermission": TableClass(
        _S, _("Comes with a library; nothing of this product writes it"), _FOR_GOOD
    ),
    "migrations.Migration": TableClass(
        _S, _("Which changes of the tables were made, and when"), _FOR_GOOD
    ),
}
