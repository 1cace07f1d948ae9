"""Every command at organization A changes nothing of B, and refuses in one clear line."""

import uuid
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands, load_command_class

from directory.actions.publishing import publish_program
from directory.models import Listing, Program
from network.models import Membership, Organization, Person
from network.tenancy import Purpose, acting, member, system
from tests.directory.moved import exported, packed, parts_of
from tests.matrix.asking import CANARIES, digest, rolled_back
from tests.matrix.commands import COMMANDS, FINDERS, NEITHER, OF_SOURCES
from tests.matrix.world import make_world
from tests.uploaded import files

__all__ = ["files"]  # a fixture
OURS = ("network", "directory", "messaging", "api", "frontend")


def our_commands():
    """The name of every command of the product, and the names of what it takes."""
    found = {}
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith(OURS):
            parser = load_command_class(app, name).create_parser("manage.py", name)
            found[name] = {action.dest for action in parser._actions}
    return found


def test_every_command_has_its_row():
    known = {*COMMANDS, *NEITHER}
    found = our_commands()
    assert set(found) == known, (
        f"New: {sorted(set(found) - known)}; gone: {sorted(known - set(found))}. "
        "Add a row to tests/matrix/commands.py."
    )
    assert not set(COMMANDS) & set(NEITHER)
    for name in set(NEITHER) - OF_SOURCES:
        assert not found[name] & FINDERS, name
    for name in OF_SOURCES:
        assert found[name] & FINDERS <= {"file"}, name


def rows_of(organization):
    """All rows of an organization, its people, and what it says in public: as text, by table."""
    kept = {}
    with acting(system(Purpose.OPERATOR)):
        people = Membership.objects.filter(organization=organization).values("person")
        others = Membership.objects.exclude(organization=organization).values("person")
        own = Person.objects.filter(pk__in=people).exclude(pk__in=others)
        ids = list(own.values_list("pk", flat=True))
        for model in apps.get_models():
            names = {field.attname for field in model._meta.concrete_fields}
            rows = model._base_manager.order_by("pk")
            if model in (Organization, Person):
                rows = rows.filter(pk__in=[organization.pk] if model is Organization else ids)
            elif "organization_id" in names:
                rows = rows.filter(organization_id=organization.pk)
            elif "person_id" in names:
                rows = rows.filter(person_id__in=ids)
            elif "author" in names:
                rows = rows.filter(author=organization.slug)
            else:
                continue
            kept[model._meta.label] = repr(list(rows.values_list()))
    return kept


def run(name, arguments):
    """What a command printed; with its exit code, where it refused."""
    out, err = StringIO(), StringIO()
    options = {} if "--json" in arguments else {"json": True}
    try:
        call_command(name, *arguments, stdout=out, stderr=err, **options)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{err.getvalue()}{error}"
    except SystemExit as error:
        return error.code, out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


@pytest.fixture
def world(cast, files, tmp_path):
    """Two furnished organizations, and the words that stand for objects of A."""
    made = make_world(cast)
    a = made.objects["a"]
    with acting(system(Purpose.OPERATOR)):
        owner = Membership.objects.get(organization=cast.a, person__email__startswith="owner.")
        program = Program.objects.get(pk=a["program_id"])
    actor = member(owner.person_id, cast.a.pk)
    with acting(actor):
        publish_program(actor, program=program)
    data = exported(actor)
    words = {**a, "listing": Listing.objects.get(pk=a["program_id"]).slug}
    parts = parts_of(data)
    parts["organization.json"] |= {"id": str(uuid.uuid4()), "slug": "arrived"}
    few = {name: [] if isinstance(part, list) else part for name, part in parts.items()}
    few = {name: part for name, part in few.items() if not name.startswith("files/")}
    for name, content in (
        ("archive", packed(few)),
        ("own_archive", data),
        ("nonsense", b"no archive"),
    ):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        words[name] = str(path)
    return made, words


def filled(arguments, words):
    """The arguments with the world's objects in their places."""
    return [one.format_map(words) for one in arguments]


def without_asked(text, arguments):
    """What was printed, without what whoever called it wrote."""
    for one in arguments:
        text = text.replace(one.partition("=")[2] or one, "")
    return text.lower()


@pytest.mark.django_db
def test_at_a_no_row_of_b_changes_and_nothing_of_b_is_printed(cast, world):
    _made, words = world
    wrong = []
    for name, row in COMMANDS.items():
        arguments = filled(row.own, words)
        with rolled_back():
            before, everything = rows_of(cast.b), digest()
            assert len(before) > 20
            assert CANARIES["b"].decode() in str(before)
            code, printed = run(name, arguments)
            after = rows_of(cast.b)
            if code != 0:
                wrong.append(f"{name}: {code} {printed}")
            if before != after:
                changed = [table for table in before if before[table] != after[table]]
                wrong.append(f"{name}: changed rows of B in {changed}")
            if digest() == everything and name != "reset_second_factor":
                wrong.append(f"{name}: changed nothing at all")
            if CANARIES["b"].decode() in without_asked(printed, arguments):
                wrong.append(f"{name}: printed something of B")
    assert wrong == []


@pytest.mark.django_db
def test_what_is_foreign_or_missing_is_one_line_and_changes_nothing(cast, world):
    _made, words = world
    wrong = []
    for name, row in COMMANDS.items():
        assert row.wrong, name
        for template in row.wrong:
            arguments = filled(template, words)
            with rolled_back():
                before = digest()
                code, printed = run(name, arguments)
                said = f"{name} {' '.join(template)}"
                if code == 0:
                    wrong.append(f"{said}: done")
                if digest() != before:
                    wrong.append(f"{said}: changed rows")
                if not printed.strip() or "\n" in printed.strip() or "Traceback" in printed:
                    wrong.append(f"{said}: not one line: {printed!r}")
                if any(c.decode() in without_asked(printed, arguments) for c in CANARIES.values()):
                    wrong.append(f"{said}: printed a canary: {printed!r}")
    assert wrong == []
