"""Whatever writes a text that others will read asks whether it could identify somebody."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import directory.actions
import network.actions

# What texts are called among the parameters of actions.
TEXTS = {
    *("alt", "answer", "body", "changes", "description", "message", "note", "public_reason"),
    *("question", "reason", "sentence", "statement", "summary", "text", "texts", "title"),
    *("values", "what", "words"),
}
# Text that one person alone reads, or that nobody can be asked about.
NOT_ASKED = {
    "directory.actions.programs.drafts.save_draft": "one person's own, until it is saved",
    "directory.actions.suppression.suppress_listing": "a note of the operator's own",
    "directory.actions.programs.history.keep_version": "in the transaction of what has asked",
    "network.actions.mail.send_mail": "what is in it was asked about where it was written",
    "network.actions.uploads.add_document": "the title of a file for the group's own members",
    "network.actions.uploads.keep_upload": "the same; the words for a photo ask beforehand",
}


def _modules() -> Iterator[Any]:
    for package in (directory.actions, network.actions):
        yield from pkgutil.walk_packages(package.__path__, f"{package.__name__}.")


def _actions() -> Iterator[tuple[str, Any]]:
    for module in _modules():
        found = importlib.import_module(module.name)
        for name, one in inspect.getmembers(found, inspect.isfunction):
            said = inspect.signature(one)
            is_action = next(iter(said.parameters), "") == "actor"
            if one.__module__ == module.name and is_action and not name.startswith("_"):
                yield f"{module.name}.{name}", said


WRITING = {name: said for name, said in _actions() if TEXTS & set(said.parameters)}
ASKED = {
    "directory.actions.deciding.approving.approve",
    "directory.actions.deciding.asking.ask_back",
    "directory.actions.mentoring.offering.offer_help",
    "network.actions.node_profile.edit_node",
    "directory.actions.organizations.edit_organization",
    "directory.actions.pictures.describe_photo",
    "directory.actions.pictures.set_photo",
    "directory.actions.programs.editing.create_program",
    "directory.actions.programs.editing.edit_program",
    "directory.actions.stating.claims.state_facility",
    "directory.actions.stating.reports.report_access_event",
    "directory.actions.stating.reports.supersede_event",
    "directory.actions.stating.rules.add_visiting_rule",
    "directory.actions.stating.rules.edit_visiting_rule",
}


def test_the_walk_finds_what_is_known():
    assert set(WRITING) >= ASKED


@pytest.mark.parametrize("name", sorted(set(WRITING) - set(NOT_ASKED)))
def test_an_action_that_writes_text_for_others_asks(name):
    asked = WRITING[name].parameters.get("has_looked")
    assert asked is not None, f"{name} takes a text and no `has_looked`"
    # Whoever forgets it is asked.
    assert asked.default is False
    assert asked.kind is inspect.Parameter.KEYWORD_ONLY


def test_what_does_not_ask_is_still_there():
    assert set(NOT_ASKED) <= set(WRITING)
