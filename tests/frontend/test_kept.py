"""Parts of pages that are kept: made of their values alone, and found again by all of them."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from frontend.templatetags.kept import kept

TABS = "frontend/desk/parts/tabs.html"
VALUES = {"kind": "coalition", "status": "verified", "carried": frozenset(), "part": "programs"}


def test_each_group_has_its_own():
    first, second = (kept(TABS, slug=slug, **VALUES) for slug in ("first", "second"))
    assert "/desk/first/programs/" in first
    assert "first" not in second
    assert kept(TABS, slug="first", **VALUES) is first


def test_what_one_may_is_among_the_values():
    carried = frozenset({"audit.read"})
    assert "/audit/" in kept(TABS, slug="first", **{**VALUES, "carried": carried})
    assert "/audit/" not in kept(TABS, slug="first", **VALUES)


def test_each_language_has_its_own():
    english = kept(TABS, slug="first", **VALUES)
    with translation.override("fr"):
        assert kept(TABS, slug="first", **VALUES) != english
    assert kept(TABS, slug="first", **VALUES) == english


def test_the_page_around_it_is_not_seen(rf):
    page = Template(f"{{% load kept %}}{{% kept '{TABS}' slug=slug kind='' status='' %}}")
    seen = page.render(Context({"slug": "first", "part": "programs", "carried": {"audit.read"}}))
    assert "aria-current" not in seen
    assert "/audit/" not in seen


def test_a_text_marked_as_safe_is_another_value():
    part = "frontend/desk/parts/promise.html"
    assert "<b>" in kept(part, host=mark_safe("<b>a"))
    assert "<b>" not in kept(part, host="<b>a")


@pytest.mark.django_db
def test_rows_are_refused(cast):
    with pytest.raises(TypeError, match="Organization"):
        kept(TABS, slug=cast.a, **VALUES)
