"""Every letter of the product, found in the source and written with values that could be real.

A function that makes a `Letter` is called with what stands here under the names of its
parameters. A new letter is found by itself; a name that is new wants a value here.
"""

import ast
import datetime as dt
import inspect
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from directory.actions.following import News
from directory.actions.relaying.carrying import Note
from directory.enums import ApplicationKind, ReportDecision, ReportKind
from directory.models import Country, Follow
from directory.queries.visiting_state import Subject
from messaging.queries.waiting import Waiting
from network.actions.letters import Letter
from network.enums import CoalitionSide, Role

ROOT = Path(__file__).parents[2]
FLOORS = ("network", "directory", "messaging", "api", "frontend")
GROUP = "Friends & Visitors of Dover's Harbour"
PROGRAM = "Thursday <Visits>"
LINK = "http://localhost:8000/some/where/0123456789abcdef/"
WRITTEN = "They wrote: is it still so?\nAnd a second line, with <b> & “quotes”."
PERSON = UUID(int=7)


def _about(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**values)


ORGANIZATION = _about(name=GROUP, slug="dover-friends", website="https://dover.example/")
_ENTRY = _about(
    slug="thursday",
    name=PROGRAM,
    texts=_about(all=lambda: [_about(language="en", name=PROGRAM)]),
    languages=["en"],
    withheld=[],
    organization=ORGANIZATION,
    confirmed_on=dt.date(2026, 3, 7),
)
VALUES: dict[str, Any] = {
    "actor": None,
    "address": LINK,
    "answer": WRITTEN,
    "answering": GROUP,
    "applicant": GROUP,
    "application": _about(
        organization=ORGANIZATION, kind=ApplicationKind.CLAIM, reason=WRITTEN, listing=_ENTRY
    ),
    "approval": _about(get_kind_display=lambda: "Delete the group"),
    "asked": GROUP,
    "asker": GROUP,
    "asking": "Coalition of the Coast",
    "days": 8,
    "decided": "{WORDS}",
    "decision": ReportDecision.TAKEN_OFF,
    "ending": GROUP,
    "entry": PROGRAM,
    "group": GROUP,
    "handover": _about(effective_at=dt.datetime(2026, 3, 14, 12, tzinfo=dt.UTC), reason=WRITTEN),
    "held": _about(program=_ENTRY, values={}),
    "kind": ApplicationKind.CLAIM,
    "left": 1,
    "link": LINK,
    "listing": _ENTRY,
    "mentor": GROUP,
    "name": GROUP,
    "note": Note(text=WRITTEN, language="es", name="", answer="reader@example.org"),
    "number": 3,
    "opened": _about(listing=_ENTRY),
    "organization": ORGANIZATION,
    "other": GROUP,
    "programs": [_ENTRY],
    "question": WRITTEN,
    "reason": WRITTEN,
    "relay": _about(organization=ORGANIZATION, program=_ENTRY),
    "report": _about(kind=ReportKind.values[0], text=WRITTEN),
    "role": Role.COORDINATOR,
    "session": _about(minutes=30, reason=WRITTEN),
    "side": CoalitionSide.COALITION,
    "slug": "dover-friends",
    "token": "abcdefghijklmnop.0123456789",
    "waiting": Waiting(messages=12, mentions=1, requests=2),
    # What a caller says in words of its own, which the catalogues' own test looks after.
    "subject": "{SUBJECT}",
    "what": "{WHAT}",
    "words": "{WORDS}",
}
_LAND = Subject(country=Country(iso2="GB", names={"en": "United Kingdom"}))
# Where a name means something else than elsewhere.
OTHERWISE: dict[str, dict[str, Any]] = {
    "frontend.following.letters.confirming": {"subject": _LAND},
    "frontend.following.letters._news_letter": {
        "told": News(Follow(pk=PERSON, country=_LAND.country), _LAND, ())
    },
    "directory.actions.deciding.objections._letter_to_objector": {
        "words": {"group": GROUP, "reason": WRITTEN}
    },
}


@dataclass(frozen=True, slots=True)
class Found:
    """A function that makes a letter."""

    module: str
    name: str

    @property
    def label(self) -> str:
        """Its whole name."""
        return f"{self.module}.{self.name}"

    def compose(self, **values: Any) -> Letter:
        """The letter, in the language that is spoken now."""
        function = getattr(import_module(self.module), self.name)
        known = {**VALUES, **OTHERWISE.get(self.label, {}), **values}
        return function(**{name: known[name] for name in inspect.signature(function).parameters})


def letters_in_the_source() -> list[Found]:
    """Every function in which a `Letter` is made, by module and name."""
    found = []
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found += [
                Found(module, node.name)
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef) and _makes_a_letter(node)
            ]
    return found


def mails_without_a_letter() -> set[str]:
    """Modules that leave a mail by hand."""
    found = set()
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if any(_calls(node) in ("send_mail", "EmailMessage") for node in ast.walk(tree)):
                found.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return found


def _makes_a_letter(function: ast.FunctionDef) -> bool:
    return any(_calls(node) == "Letter" for node in ast.walk(function))


def _calls(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))
