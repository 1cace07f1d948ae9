"""Which commands take an organization or a person, and how each is run at A, and wrongly.

A new command fails the build until it has a row here: `COMMANDS`, or `NEITHER` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

# Of the options of a command, those by which it finds somebody's rows.
FINDERS = {
    "organization",
    "person_email",
    "owner_email",
    "to_email",
    "email",
    "id",
    "slug",
    "file",
}

MEMBER = "member.zqacanary@example.org"
OWNER = "owner.zqacanary@example.org"
OTHER = "other_owner.zqbcanary@example.org"
NOBODY = "nobody@example.org"
A, B, NOWHERE = "harbour-visitors", "visiteurs-du-port", "no-such-group"
MISSING = "00000000-0000-4000-8000-00000000abcd"


@dataclass(frozen=True)
class CommandRow:
    """A command: how it is run at A, and in which ways it must refuse.

    `{token}` and the like stand for the world's objects of A. `own` is empty where the operator
    has nothing to do at A with it that would succeed.
    """

    own: tuple[str, ...]
    wrong: tuple[tuple[str, ...], ...]


def _who(email: str, slug: str, *more: str) -> tuple[str, ...]:
    return (f"--person-email={email}", f"--organization={slug}", *more)


def _hand(email: str, slug: str, reason: str = "Gone.") -> tuple[str, ...]:
    return (f"--to-email={email}", f"--organization={slug}", f"--reason={reason}")


_READ = "--scopes=directory:read"

COMMANDS: dict[str, CommandRow] = {
    "create_organization": CommandRow(
        ("--name=Third Visitors", "--country=GB", f"--owner-email={OWNER}"),
        (
            ("--name=Third Visitors", "--country=ZZ", f"--owner-email={OWNER}"),
            ("--name=Visiteurs du port", "--country=GB", f"--owner-email={OWNER}"),
            ("--name=Third Visitors", "--country=GB", "--owner-email=nonsense"),
            ("--name=Third Visitors", "--country=GB"),
        ),
    ),
    "create_member": CommandRow(
        _who(NOBODY, A, "--role=editor"),
        (
            _who(NOBODY, NOWHERE, "--role=editor"),
            _who("nonsense", A, "--role=editor"),
            _who(NOBODY, A, "--role=king"),
        ),
    ),
    "remove_member": CommandRow(
        _who(MEMBER, A),
        (_who(OTHER, A), _who(MEMBER, B), _who(NOBODY, A), _who(MEMBER, NOWHERE)),
    ),
    "hand_over": CommandRow(
        _hand(MEMBER, A),
        (
            _hand(OTHER, A),
            _hand(MEMBER, B),
            _hand(NOBODY, A),
            _hand(MEMBER, NOWHERE),
            _hand(OWNER, A),
            _hand(MEMBER, A, " "),
        ),
    ),
    "create_token": CommandRow(
        _who(OWNER, A, _READ),
        (
            _who(OTHER, A, _READ),
            _who(OWNER, B, _READ),
            _who(NOBODY, A, _READ),
            _who(OWNER, NOWHERE, _READ),
            _who(OWNER, A, "--scopes=everything"),
        ),
    ),
    "revoke_token": CommandRow(
        ("--id={token}",), ((f"--id={MISSING}",), ("--id=nonsense",), ("--id={program_id}",))
    ),
    "suspend_person": CommandRow((f"--email={MEMBER}",), ((f"--email={NOBODY}",), ("--email=",))),
    "reset_second_factor": CommandRow(
        (f"--email={MEMBER}",), ((f"--email={NOBODY}",), ("--email=",))
    ),
    "create_steward": CommandRow((f"--email={NOBODY}",), (("--email=nonsense",), ("--email=",))),
    "suppress_listing": CommandRow(
        ("{listing}",), (("no-such-listing",), ("{listing}", f"--reason={'x' * 201}"))
    ),
    "import_organization": CommandRow(
        ("{archive}",), (("{own_archive}",), ("{nonsense}",), ("/nowhere.zip",))
    ),
}

NEITHER: dict[str, str] = {
    "backup": "the node as a whole, into a file of the operator; see tests/backup",
    "catalogues": "the words of the pages",
    "translated_docs": "the words of the pages of help",
    "check_node": "looks at the node as a whole, writes nothing",
    "demo": "starts a site with the sample data",
    "import_access_events": "rows of sources, of no organization",
    "import_countries": "rows of sources, of no organization",
    "import_country_access": "rows of sources, of no organization",
    "import_facilities": "rows of sources, of no organization",
    "import_programs": "rows of sources; what a group has claimed is kept, see test_claimed.py",
    "import_visiting_rules": "rows of sources, of no organization",
    "read_bounce": "marks the account that a mail of this node names, see test_bounces.py",
    "restore": "the node as a whole, and nothing where it is refused; see tests/backup",
    "send_reminders": "what the worker does hourly for every group, see test_reminders.py",
    "load_gazetteer": "towns",
    "prepare_database": "roles of the database",
    "purge": "what has passed its time, of everybody",
    "rebuild_search": "the index of what is public",
    "serve": "serves",
    "worker": "works for everybody, each time in the scope of one organization",
}
# A file of a source, or of the whole node, belongs to no organization.
OF_SOURCES = {name for name in NEITHER if name.startswith(("import_", "load_"))}
OF_SOURCES |= {"backup", "restore"}
