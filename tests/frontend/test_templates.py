"""Rules about the templates, scripts and styles themselves."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import frontend
from frontend.context import LEAVE_TO

HOME = Path(frontend.__file__).parent
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))
STATIC = HOME / "static/frontend"
# The moving map, the names offered, passkeys, drafts and messages ask this site itself.
ASKING = ("alike.js", "autosave.js", "live/page.js", "map.js", "passkey.js", "suggest.js")
FORBIDDEN = {
    "style=": r"\sstyle\s*=",
    "<style>": r"<style\b",
    "a script of its own": r"<script(?![^>]*\ssrc=)",
    "on...=": r"\son[a-z]+\s*=",
    "safe": r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b",
    "another host": r"(?:https?:)?//[a-z0-9-]+\.[a-z]",
    "a form token": r"csrf_token",
    "javascript:": r"javascript:",
}


def is_private(template: Path) -> bool:
    """Whether a template is for pages with forms, or for a form."""
    part = template.relative_to(HOME / "templates/frontend")
    forms = ("account", "contact", "desk", "follow", "join", "messages", "report", "steward")
    return part.parts[0] in forms or part.name == "form_fields.html"


def test_every_form_that_sends_carries_a_token():
    for template in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", template.read_text(), re.DOTALL):
            if 'method="post"' in form:
                assert "csrf_token" in form or "form_fields.html" in form, template.name


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(rule: str):
    broken = {
        template.relative_to(HOME).as_posix(): found
        for template in TEMPLATES
        if (found := breaks(rule, template))
    }
    assert broken == {}


def breaks(rule: str, template: Path) -> str | None:
    """What of a template breaks one of the rules of `FORBIDDEN`."""
    if rule == "a form token" and is_private(template):
        return None
    text = template.read_text().replace("https://example.org/", "")  # specimens of a source
    if rule == "on...=":
        text = re.sub(r"\{%.*?%\}", "", text)  # {% include ... with one=... %} is no attribute
    found = re.search(FORBIDDEN[rule], text, re.IGNORECASE)
    return found and found.group()


def test_every_static_file_that_is_named_exists():
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""\{%\s*static\s+['"]([^'"]+)['"]""", template.read_text())
    }
    assert named
    assert [name for name in sorted(named) if finders.find(name) is None] == []


def test_styles_and_scripts_fetch_nothing():
    for path in [*(STATIC / "css").glob("*.css"), *(STATIC / "js").rglob("*.js")]:
        text, name = path.read_text(), path.as_posix().rpartition("frontend/js/")[2]
        assert not re.search(r"@import|url\(|https?://|//cdn|eval\(", text), path.name
        # The moving map and the names offered ask this site itself: the policy allows no other.
        assert ("fetch(" in text) == (name in ASKING), path.name


def test_vendored_files_are_as_they_were_published():
    vendor = STATIC / "vendor"
    rows = re.findall(
        r"^\| (\S+/\S+) \|.*\| ([0-9a-f]{64}) \|$",
        (vendor / "README.md").read_text(),
        re.MULTILINE,
    )
    named = dict(rows)
    there = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert there == named


def test_only_cleaned_documentation_and_escaped_data_are_trusted_as_they_are():
    trusted = {
        path.relative_to(HOME).as_posix(): len(uses)
        for path in HOME.rglob("*.py")
        if (uses := re.findall(r"mark_safe\(|SafeString\(", path.read_text()))
    }
    assert trusted == {"markup.py": 1, "templatetags/linked_data.py": 1}


def test_an_element_of_script_is_written_in_templates_and_by_the_data_block_alone():
    """Templates may only name a file; what Python writes is data that no browser executes."""
    written = {
        path.relative_to(HOME).as_posix(): re.findall(r"<script[^>]*>", path.read_text())
        for path in HOME.rglob("*.py")
        if "<script" in path.read_text()
    }
    block = '<script type="application/ld+json">'
    assert written == {"templatetags/linked_data.py": [block]}


@pytest.mark.django_db
def test_the_only_way_out_of_the_frame_is_the_button(client, settings):
    page = client.get("/about/").content.decode()
    outside = re.findall(r'(?:href|src|action)="(https?://[^"]+)"', page)
    assert set(outside) - {LEAVE_TO} == {
        f"http://localhost:8000/{code}/about/" for code, _name in settings.LANGUAGES
    }
    assert f'id="leave" href="{LEAVE_TO}" rel="noreferrer"' in page
