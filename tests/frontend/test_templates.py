"""Rules about the templates, scripts and styles themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import frontend
from frontend.context import LEAVE_TO

HOME = Path(frontend.__file__).parent
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))
STATIC = HOME / "static/frontend"
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


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(template: Path, rule: str):
    text = template.read_text().replace("https://example.org/", "")  # specimens of a source
    if rule == "on...=":
        text = re.sub(r"\{%.*?%\}", "", text)  # {% include ... with one=... %} is no attribute
    found = re.search(FORBIDDEN[rule], text, re.IGNORECASE)
    assert found is None, f"{template.name}: {found}"


def test_every_static_file_that_is_named_exists():
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""\{%\s*static\s+['"]([^'"]+)['"]""", template.read_text())
    }
    assert named
    assert [name for name in sorted(named) if finders.find(name) is None] == []


def test_styles_and_scripts_fetch_nothing():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text()
        assert not re.search(r"@import|url\(|https?://|//cdn|fetch\(|eval\(", text), path.name


def test_only_cleaned_documentation_is_trusted_as_it_is():
    trusted = [
        path.name
        for path in HOME.rglob("*.py")
        if re.search(r"mark_safe\(|SafeString\(", path.read_text())
    ]
    assert trusted == ["markup.py"]


@pytest.mark.django_db
def test_the_only_way_out_of_the_frame_is_the_button(client, settings):
    page = client.get("/about/").content.decode()
    outside = re.findall(r'(?:href|src|action)="(https?://[^"]+)"', page)
    assert set(outside) - {LEAVE_TO} == {
        f"http://localhost:8000/{code}/about/" for code, _name in settings.LANGUAGES
    }
    assert f'id="leave" href="{LEAVE_TO}" rel="noreferrer"' in page
