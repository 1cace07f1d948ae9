"""The page of components, and the pictures they use."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

import frontend
from frontend.specimens import ARABIC, ENGLISH
from frontend.templatetags.atlas import ICONS, TURNING

STATIC = Path(frontend.__file__).parent / "static/frontend"


def test_both_directions_show_the_same_components(client: Client):
    page = client.get("/about/components/").content.decode()
    left, right = page.split('<div dir="rtl" lang="ar">')
    left = left.split('<div dir="ltr" lang="en">')[1]
    right = right.split("</main>")[0]
    classes = [sorted(re.findall(r'class="([^"]+)"', half)) for half in (left, right)]
    assert classes[0] == classes[1]
    for shape in ("ok", "part", "stop", "none", "wait"):
        assert f'class="st {shape}"' in left


def test_both_halves_have_all_words():
    assert ENGLISH.keys() == ARABIC.keys()
    assert all(ENGLISH.values())
    assert all(ARABIC.values())


def test_no_id_is_given_twice(client: Client):
    ids = re.findall(r'\bid="([^"]+)"', client.get("/about/components/").content.decode())
    assert len(ids) == len(set(ids))


def test_the_sprite_holds_every_icon_and_no_other():
    sprite = (STATIC / "img/sprite.svg").read_text()
    assert set(re.findall(r'<symbol id="(\w+)"', sprite)) == ICONS
    assert TURNING <= ICONS


def test_every_colour_is_one_token_with_a_dark_twin():
    tokens = (STATIC / "css/tokens.css").read_text()
    light, dark = tokens.split("prefers-color-scheme: dark")
    names = set(re.findall(r"--([\w-]+): #", light))
    assert names == set(re.findall(r"--([\w-]+): #", dark))
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name != "tokens.css":
            text = sheet.read_text().partition("@media print")[0]
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", text), sheet.name
            assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(
                re.findall(r"--([\w-]+):", tokens)
            ), sheet.name


def test_styles_know_no_left_and_right():
    physical = re.compile(
        r"(margin|padding|border|inset)-(left|right|top|bottom)\b|\b(left|right|float)\s*:"
        r"|text-align:\s*(left|right)|(?<![\w-])(width|height|max-width|min-height)\s*:\s*\d"
    )
    for sheet in (STATIC / "css").glob("*.css"):
        found = physical.search(re.sub(r"@media[^{]*", "", sheet.read_text()))
        assert found is None, f"{sheet.name}: {found}"


def test_no_rule_is_left_over():
    home = Path(frontend.__file__).parent
    scripts = (STATIC / "js").rglob("*.js")
    used = "\n".join(p.read_text() for p in [*home.rglob("*.html"), *home.rglob("*.py"), *scripts])
    for sheet in (STATIC / "css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/|\d\.\d+", "", sheet.read_text(), flags=re.DOTALL)
        for name in sorted(set(re.findall(r"\.([a-z][\w-]*)", text))):
            if name.startswith(("sw-", "leaflet-")):  # named for tokens; Leaflet's own
                continue
            assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", used), (
                f"{sheet.name}: {name}"
            )
