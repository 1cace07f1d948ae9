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
    CONVERSATION = "conversation", pgettext_lazy("class of data", "Who takes part in it")
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
_WITH_PROGRAM = _("Until 7 days after the program is deleted")
_WITH_APPLICATION = _("365 days after the decision, or until the group is gone")
_RIGHTS = _("Names of rights; no person")

_WITH_CONVERSATION = _("As long as the conversation")

_P, _T, _S = DataClass.PUBLIC, DataClass.TENANT, DataClass.SYSTEM
_C = DataClass.CONVERSATION

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
    "directory.Follow": TableClass(
        _S,
        _("E-mail addresses that asked for mails about one place or country; no group reads it"),
        _("Until the address leaves, which deletes it at once; unconfirmed: 7 days"),
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
    "directory.AccessReport": TableClass(
        _T,
        _(
            "Which group and which person reported what to the ledger, also where the public "
            "entry names neither, and what waits for its day"
        ),
        _("For as long as the group is here; what was cancelled: 7 days"),
    ),
    "directory.ProgramVersion": TableClass(
        _T, _("Earlier states of a working copy, withheld fields included"), _WITH_PROGRAM
    ),
    "directory.ProgramDraft": TableClass(
        _T,
        _("What one person has written on a program and not saved; nobody else reads it"),
        _("90 days after the last word"),
    ),
    "directory.Relay": TableClass(
        _T,
        _("The address to which notes of readers go, never published; of the notes their number"),
        _("Until the group switches it off, or the program is gone"),
    ),
    "directory.HeldChange": TableClass(
        _T, _("A new contact, website or place of a program that waits a day"), _WITH_PROGRAM
    ),
    "directory.Reminder": TableClass(
        _T,
        _("Who was asked by mail whether which program is still right, and the link as a hash"),
        _("30 days after the link ended"),
    ),
    "directory.Application": TableClass(
        _T,
        _("What a group that is not verified yet asks of the stewards, and their answer"),
        _WITH_APPLICATION,
    ),
    "directory.ApplicationNote": TableClass(
        _T, _("Questions of the stewards to an applicant, and the answers"), _WITH_APPLICATION
    ),
    "directory.Vouch": TableClass(
        _T, _("Which group was asked to vouch for an applicant, and its answer"), _WITH_APPLICATION
    ),
    "directory.DomainProof": TableClass(
        _T,
        _("Links sent to a claimed entry's own domain, as hashes; the address until the decision"),
        _WITH_APPLICATION,
    ),
    "directory.Objection": TableClass(
        _S,
        _("What somebody wrote against a claim, and where to answer until it is decided"),
        _WITH_APPLICATION,
    ),
    "directory.ClaimedEntry": TableClass(
        _S, _("Entries as they were before a group took them over"), _WITH_APPLICATION
    ),
    "directory.Report": TableClass(
        _S,
        _("What somebody wrote about a public entry, and where to answer until it is decided"),
        _("The text: 90 days after the decision"),
    ),
    "directory.MentorOffer": TableClass(
        _T,
        _("What a group offers to beginners; while it is open every verified group reads it"),
        _WITH_GROUP,
    ),
    "directory.MentorRequest": TableClass(
        _T,
        _("Which group asked which for help to begin, and the answer; the two read it"),
        _("365 days after it ended, or until one of the groups is gone"),
    ),
    "directory.FirstStep": TableClass(
        _S,
        _("The first form of a group that applies, with the address that was given"),
        _("7 days, or until the link in the mail is used"),
    ),
    "directory.ProgramGrant": TableClass(
        _T, _("Which other group may edit the texts of one program"), _WITH_GROUP
    ),
    "directory.ProgramPersonGrant": TableClass(
        _T, _("Always empty: people hold roles, not grants"), _WITH_GROUP
    ),
    "messaging.Conversation": TableClass(
        _C, _("Conversations: their topic, and how many events each has"), _WITH_CONVERSATION
    ),
    "messaging.Party": TableClass(
        _C, _("Which groups take part in a conversation, by name"), _WITH_CONVERSATION
    ),
    "messaging.Handle": TableClass(
        _C,
        _("Who somebody is to the others: a number at a group, and a name where they chose one"),
        _WITH_CONVERSATION,
    ),
    "messaging.Participant": TableClass(
        _T,
        _("Which person takes part in a conversation, and how far they have read; they alone"),
        _WITH_MEMBERSHIP,
    ),
    "messaging.Event": TableClass(
        _C,
        _("What was said in a conversation, changed and deleted, and who came and went"),
        _("7, 30, 90 or 365 days, as the conversation says; 90 unless it was changed"),
    ),
    "messaging.Mention": TableClass(
        _C, _("Which handle, group or role a message names"), _("As long as the message")
    ),
    "messaging.Attachment": TableClass(
        _C,
        _("Files that came with messages: what they are called, their kind and size"),
        _("As long as the message; 7 days after it was deleted"),
    ),
    "messaging.MessageReport": TableClass(
        _T,
        _("That a group reported messages to the stewards, why, and what came of it"),
        _("365 days"),
    ),
    "messaging.ReportedWords": TableClass(
        _S,
        _(
            "Messages that somebody chose to report, copied for stewards of neither group, and"
            " why; nothing else of the conversation"
        ),
        _("Until 30 days after the decision, at most 180 days"),
    ),
    "messaging.MessageWord": TableClass(
        _C, _("The words of each message, by which it is found"), _("As long as the message")
    ),
    "messaging.MailChoice": TableClass(
        _T,
        _("How often a person wants mails that messages wait, and when the last one went"),
        _("Until the account is deleted"),
    ),
    "messaging.ContactRequest": TableClass(
        _T, _("Which group asked to talk, and the answer; who asked never reads it"), _WITH_GROUP
    ),
    "messaging.Block": TableClass(
        _T, _("From which groups a group wants to hear nothing"), _WITH_GROUP
    ),
    "messaging.ContactPolicy": TableClass(
        _T, _("Whether a group takes first contacts"), _WITH_GROUP
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
    "network.CoalitionMembership": TableClass(
        _T,
        _("Which group belongs to which coalition, who asked and when it was agreed"),
        _("While it lasts; 30 days after it ended or was refused"),
    ),
    "network.Invitation": TableClass(
        _T,
        _("Invitations into a group: the address invited, and the link as a hash"),
        _("The link works for 7 days; the row goes 7 days after its end"),
    ),
    "network.MemberName": TableClass(
        _T,
        _("The names by which the members of a group know each other"),
        _("While they belong to it, and 365 days after"),
    ),
    "network.Approval": TableClass(
        _T,
        _("Grave steps that one owner asked for and another confirms"),
        _("7 days after they end"),
    ),
    "network.Handover": TableClass(
        _T,
        _("Announcements that a group whose owners are gone gets a new one, with the reason"),
        _("7 days after they end"),
    ),
    "network.RetiredSlug": TableClass(
        _S, _("Addresses of groups that are gone, so that no other group gets them"), _FOR_GOOD
    ),
    "network.SecondFactor": TableClass(
        _T,
        _("Code apps and passkeys for signing in: a name, days, and their secret encrypted"),
        _("Until the person removes it"),
    ),
    "network.RecoveryCode": TableClass(
        _T, _("Codes that let a person in once, as hashes"), _("Until new codes are made")
    ),
    "network.Session": TableClass(
        _T,
        _("Devices that are signed in: a name the person chose, days, and the cookie as a hash"),
        _("14 days after the device was last used"),
    ),
    "network.SignInLink": TableClass(
        _T, _("Links of one use for signing in, as hashes"), _("7 days")
    ),
    "network.OutgoingMail": TableClass(
        _S, _("Mails that are not sent yet, with the address they go to"), _("Until they are sent")
    ),
    "network.Upload": TableClass(
        _T,
        _("Files that groups keep: logos, photos of programs, documents of the desk"),
        _("Until the group deletes them, and 7 days more"),
    ),
    "network.Export": TableClass(
        _T, _("Archives that a group made of all that it has here"), _("24 hours")
    ),
    "network.SupportSession": TableClass(
        _T,
        _("Looks at a desk that a steward asked for, with the reason, and what an owner answered"),
        _WITH_GROUP,
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
    "network.ApiToken": TableClass(
        _T,
        _("Tokens for machines: a hash, who made it, what it is for, and the day of its last use"),
        _("30 days after it ended"),
    ),
    "network.KeptAnswer": TableClass(
        _T,
        _("Answers to machines, so that a request which is sent twice has one effect"),
        _("24 hours"),
    ),
    "network.Counter": TableClass(
        _S,
        _("How often something was tried, by a keyed hash that names nobody"),
        _("Until its time is over"),
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
