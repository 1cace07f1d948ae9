"""What the documentation says leads somewhere, exists, and keeps to its form."""

import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve
from django.utils.text import slugify
from markdown_it import MarkdownIt

from directory.actions.importing import (
    AccessEvents,
    Countries,
    CountryAccessRules,
    Facilities,
    Programs,
    Report,
    VisitingRules,
)

BASE = Path(__file__).resolve().parents[2]
DOCS = BASE / "frontend" / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
# Translations lie a folder deeper, see contracts/test_translated_docs.py.
PAGES = sorted(DOCS.glob("*/*.md"))
DOORS = [BASE / "README.md", BASE / "CHANGELOG.md"]
HEADINGS = ["Status", "Context", "Decision", "Consequences"]
OWN_COMMANDS = {"network.project", "directory"}

# Hosts that texts for operators and developers may name; those for readers link to their sources.
HOSTS = {
    "127.0.0.1",
    "docs.openreferral.org",
    "host",
    "localhost",
    "keepachangelog.com",
    "semver.org",
    "your.host",
}

NOT_OURS = {
    "a path of one machine": r"(?<![\w.])/(work|tmp|root|home|mnt|Users)/",
    "an unfinished text": r"\b(TODO|FIXME|XXX|lorem|placeholder|tbd)\b|@@",
    "an exclamation mark": r"\w!(?!\[)(\s|$)",
}


def named(path):
    return str(path.relative_to(BASE))


def inline_tokens(path):
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    for token in tokens:
        yield from token.children or ()


def links(path):
    for token in inline_tokens(path):
        if token.type in ("link_open", "image"):
            yield str(token.attrGet("href") or token.attrGet("src"))


def headings(path, tag="h2"):
    tokens = MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8"))
    pairs = itertools.pairwise(tokens)
    return [inline.content for token, inline in pairs if token.tag == tag and token.nesting == 1]


def code(path):
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    fences = [token.content for token in tokens if token.type == "fence"]
    return "\n".join(fences + [t.content for t in inline_tokens(path) if t.type == "code_inline"])


def leads_somewhere(path, link):
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto")
    if parts.path.startswith("/"):
        try:
            return bool(resolve(parts.path))
        except Resolver404:
            return False
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not parts.fragment:
        return target.exists()
    return parts.fragment in {
        slugify(text) for tag in ("h1", "h2") for text in headings(target, tag)
    }


@pytest.mark.parametrize("path", PAGES + DOORS, ids=named)
def test_every_link_leads_somewhere(path):
    assert [link for link in links(path) if not leads_somewhere(path, link)] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_documents_link_to_documents_only(path):
    relative = [link for link in links(path) if not re.match(r"[a-z]+:|/|#", link)]
    outside = [
        x for x in relative if not (path.parent / x.split("#")[0]).resolve().is_relative_to(DOCS)
    ]
    assert outside == []
    assert [link for link in relative if not link.split("#")[0].endswith(".md")] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_document_has_one_title_and_it_comes_first(path):
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert len(headings(path, "h1")) == 1


@pytest.mark.parametrize("path", PAGES + DOORS, ids=named)
def test_texts_speak_of_the_product_only(path):
    text = path.read_text(encoding="utf-8")
    found = {
        what: [m[0] for m in re.finditer(rf".*(?:{rule}).*", text)]
        for what, rule in NOT_OURS.items()
    }
    assert {what: hits for what, hits in found.items() if hits} == {}


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name != "people"], ids=named)
def test_texts_for_operators_and_developers_name_no_strange_host(path):
    found = re.findall(
        r"[a-z]+://(?:[^\s/@]*@)?([A-Za-z0-9.-]+)", path.read_text(encoding="utf-8")
    )
    assert [host for host in found if host not in HOSTS and not host.endswith("example")] == []


def test_decisions_are_numbered_without_gaps():
    assert [path.name[:5] for path in DECISIONS] == [
        f"{number:04d}-" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_has_its_parts(path):
    text = path.read_text(encoding="utf-8")
    assert headings(path) == HEADINGS
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    parts = re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]
    assert all(part.strip() for part in parts)


def test_every_command_that_is_named_exists():
    known = set(get_commands())
    named_commands = {
        name
        for path in PAGES + DOORS
        for name in re.findall(r"manage\.py ([a-z][a-z_]+)", code(path))
    }
    assert named_commands
    assert named_commands <= known


def test_every_command_of_the_product_is_documented_for_operators():
    own = {name for name, app in get_commands().items() if app in OWN_COMMANDS}
    text = "\n".join(code(path) for path in (DOCS / "operators").glob("*.md"))
    assert {name for name in own if not re.search(rf"\b{name}\b", text)} == set()


def test_the_table_of_settings_is_what_the_settings_read():
    source = (BASE / "network" / "project" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    page = (DOCS / "operators" / "run-a-node.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == read


def test_the_table_of_checks_is_what_check_node_can_say():
    source = (BASE / "network" / "project" / "checks.py").read_text(encoding="utf-8")
    page = (DOCS / "operators" / "postgresql-and-redis.md").read_text(encoding="utf-8")
    pattern = r"node\.[EW]\d{3}"
    assert set(re.findall(rf"^\| `({pattern})`", page, re.MULTILINE)) == set(
        re.findall(pattern, source)
    )


@pytest.mark.parametrize(
    "kind",
    [Countries, Facilities, Programs, CountryAccessRules, AccessEvents, VisitingRules],
    ids=lambda kind: kind.name,
)
def test_the_columns_of_each_file_are_those_that_its_importer_reads(kind):
    page = (DOCS / "operators" / "importing.md").read_text(encoding="utf-8")
    part = page.split(f"### {kind.name}.csv\n")[1].split("\n### ")[0]
    required = re.search(r"^Must be there: (.*)$", part, re.MULTILINE)[1]
    others = re.search(r"^Also read: (.*)$", part, re.MULTILINE)[1]
    assert set(re.findall(r"`(\w+)`", required)) == set(kind.columns.required)
    assert set(re.findall(r"`(\w+)`", required + others)) == set(kind.columns.known)


def test_the_fields_of_a_report_are_those_that_importers_write():
    page = (DOCS / "operators" / "importing.md").read_text(encoding="utf-8")
    part = page.split("| Field | Meaning |")[1].split("\n\n")[0]
    cells = [line.split("|")[1] for line in part.splitlines()[2:]]
    fields = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert fields == set(Report(kind="programs").as_document())


def test_every_make_target_that_is_named_exists():
    makefile = (BASE / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named_targets = {
        name for path in PAGES + DOORS for name in re.findall(r"\bmake ([a-z]+)", code(path))
    }
    assert {"run", "test"} <= named_targets <= targets
