"""Taking an entry over with the word of two groups: given, withdrawn, no good, and objected to.

In a real browser, with scripts and without; the reader, the group, the two groups that vouch and
the steward each at their own pages.
"""

import pytest
from django.utils import timezone, translation

from frontend.templatetags.atlas import day
from tests.journeys.claiming import prepared
from tests.journeys.looking import OVERFLOW
from tests.journeys.test_ways_in import DESK, PHONE, answer, begin, press

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize(
    ("opened", "language"),
    [(PHONE, "ar"), (DESK, "en")],
    indirect=["opened"],
    ids=["phone-ar", "desk-en"],
)
FROM_A_SOURCE = "Nobody from this program wrote this entry."


@pytest.fixture(scope="module")
def cases(site):
    """What each test begins with; each name is one test in one language."""
    sent, ring = {"is_sent": True}, {"is_sent": True, "shares_member": True}
    kinds = {"vouched": {}, "disputed": sent, "withdrawn": sent, "ring": ring}
    return prepared(
        site,
        {f"{kind}-{code}": one for kind, one in kinds.items() for code in ("ar", "en")},
    )


@pytest.fixture
def enter(site, browser):
    """Lets somebody in by their link, in a browser of their own, without scripts."""
    opened = []

    def sign_in(path):
        context = browser.new_context(base_url=site.origin, **PHONE)
        opened.append(context)
        page = context.new_page()
        page.goto(path)
        press(page)
        return page

    yield sign_in
    for context in opened:
        context.close()


@pytest.fixture
def public(site, browser):
    """What a reader sees who was not here before: a page may be kept for half a minute."""

    def read(path):
        context = browser.new_context(base_url=site.origin, **PHONE)
        page = context.new_page()
        status = page.goto(path).status
        text = page.locator("body").inner_text()
        context.close()
        return status, text

    return read


def vouch_page(page, group, name):
    """Where a group answers somebody who asked it."""
    page.goto(f"/desk/{group.slug}/vouches/")
    page.locator("main .waits li", has_text=name).get_by_role("link").click()
    assert not page.evaluate(OVERFLOW)


def application_page(steward, name):
    steward.goto("/steward/applications/")
    steward.locator("main .waits li", has_text=name).get_by_role("link").first.click()
    assert not steward.evaluate(OVERFLOW)


def approve(steward, name):
    application_page(steward, name)
    # On a node with few groups a steward alone must say why.
    steward.locator('[name="approve-public_reason"]').fill("Both groups were rung.")
    steward.locator("section[aria-labelledby=yes] button").click()


@BOTH
def test_two_groups_vouch_and_the_entry_becomes_the_groups_own(
    opened, site, cases, enter, public, language
):
    case = cases[f"vouched-{language}"]
    steward = enter(case.steward)
    name = f"Asking Lantern {language}"
    assert FROM_A_SOURCE in public(f"/en/programs/{case.entry}/")[1]
    where = begin(opened, site, f"/{language}/programs/{case.entry}/claim/", name=name)
    answer(opened)
    for group in case.groups:
        opened.goto(f"{where}vouchers/?q={group.name.replace(' ', '+')}")
        form = opened.locator(f"form:has([value={group.slug}])")
        form.locator("[name=message]").fill("We met in the waiting room.")
        form.locator("button").click()
        assert opened.locator(".notes .ok").is_visible()
    opened.goto(where)
    opened.locator('form[action$="/send/"] button').click()

    for number, group in enumerate(case.groups):
        application_page(steward, name)
        assert steward.get_by_text("Counts", exact=True).count() == number
        assert steward.locator("section[aria-labelledby=yes]").count() == 0
        page = enter(group.enter)
        vouch_page(page, group, name)
        assert "We met in the waiting room." in page.content()
        assert "Ask the chaplain." not in page.content()
        page.locator("[name=statement]").fill("We have known them for years.")
        page.locator("button[value=give]").click()
        assert page.locator(".notes .ok").is_visible()

    opened.goto(where)
    assert all(group.name in opened.locator("main").inner_text() for group in case.groups)
    assert not opened.evaluate(OVERFLOW)
    approve(steward, name)

    _status, text = public(f"/{language}/programs/{case.entry}/")
    with translation.override(language):
        today = day(timezone.localdate())
    assert today in text
    assert name in text
    _status, text = public(f"/en/programs/{case.entry}/")
    assert f"Claimed on {day(timezone.localdate())} by {name}" in text
    assert FROM_A_SOURCE not in text
    slug = where.split("/desk/")[1].split("/")[0]
    assert case.groups[0].name in public(f"/en/organizations/{slug}/")[1]

    opened.goto(f"{site.origin}/desk/{slug}/programs/")
    opened.locator("main .own-programs a").first.click()
    program = opened.url
    opened.goto(f"{program}edit/texts/")
    opened.locator("[name^=summaries-]").first.fill("We wrote this ourselves.")
    opened.locator("main form:has([name^=summaries-]) button.btn").first.click()
    assert opened.locator(".notes .ok").is_visible()
    opened.goto(program)
    opened.locator('form[action$="/publish/"] button').first.click()
    assert "We wrote this ourselves." in public(f"/en/programs/{case.entry}/")[1]
    assert opened.foreign == []
    assert opened.complaints == []


@BOTH
def test_an_objection_is_upheld_and_the_source_speaks_again(
    opened, site, cases, enter, public, language
):
    case = cases[f"disputed-{language}"]
    steward = enter(case.steward)
    _status, before = public(f"/en/programs/{case.entry}/")
    approve(steward, case.applicant.name)
    assert public(f"/organizations/{case.applicant.slug}/")[0] == 200

    opened.goto(f"{site.origin}/{language}/programs/{case.entry}/")
    opened.locator("main a[href$='/object/']").click()
    assert not opened.evaluate(OVERFLOW)
    press(opened)
    assert opened.locator("[name=text]").get_attribute("aria-invalid") == "true"
    opened.locator("[name=text]").fill("They do not visit anybody.")
    press(opened)
    assert opened.locator("main form").count() == 0

    steward.goto("/steward/objections/")
    steward.locator("main .waits li", has_text=case.entry).get_by_role("link").click()
    assert steward.get_by_text("They do not visit anybody.").is_visible()
    assert not steward.evaluate(OVERFLOW)
    steward.locator('[name="uphold-reason"]').fill("Nobody there knows them.")
    steward.locator("section[aria-labelledby=up] button").click()
    assert steward.locator(".notes .ok").is_visible()

    assert public(f"/en/programs/{case.entry}/") == (200, before)
    assert FROM_A_SOURCE in before
    assert public(f"/organizations/{case.applicant.slug}/")[0] == 404
    assert public(f"/programs/{case.entry}/object/")[0] == 404
    assert opened.foreign == []
    assert opened.complaints == []


@BOTH
def test_a_vouch_is_withdrawn_and_everybody_sees_it(opened, site, cases, enter, language):
    case = cases[f"withdrawn-{language}"]
    steward = enter(case.steward)
    stays, goes = case.groups
    application_page(steward, case.applicant.name)
    assert steward.get_by_text("Counts", exact=True).count() == 2

    opened.goto(site.origin + goes.enter)
    press(opened)
    opened.goto(f"{site.origin}/{language}/desk/{goes.slug}/vouches/")
    opened.locator("main .waits a").click()
    opened.locator("button[value=withdraw]").click()
    assert opened.locator(".notes .ok").is_visible()
    opened.locator("main .waits a").click()
    assert opened.locator("button[value]").count() == 0
    assert not opened.evaluate(OVERFLOW)

    page = enter(case.applicant.enter)
    page.goto(f"/desk/{case.applicant.slug}/application/")
    proofs = page.locator("section[aria-labelledby=proofs] p")
    assert "Given" in proofs.filter(has_text=stays.name).inner_text()
    assert "Withdrawn" in proofs.filter(has_text=goes.name).inner_text()

    application_page(steward, case.applicant.name)
    assert steward.get_by_text("Counts", exact=True).count() == 1
    assert f"{goes.name} (Withdrawn)" in steward.locator("main").inner_text()
    assert steward.get_by_text("it cannot be approved yet").is_visible()
    assert steward.locator("section[aria-labelledby=yes]").count() == 0
    assert opened.foreign == []
    assert opened.complaints == []


@BOTH
def test_groups_that_share_a_member_prove_nothing(opened, site, cases, enter, language):
    case = cases[f"ring-{language}"]
    steward = enter(case.steward)
    application_page(steward, case.applicant.name)
    assert steward.get_by_text("Does not count", exact=True).count() == 2
    assert steward.get_by_text("it cannot be approved yet").is_visible()
    assert steward.locator("section[aria-labelledby=yes]").count() == 0
    assert "both-" not in steward.content()
    steward.locator('[name="refuse-reason"]').fill("The two groups are one.")
    steward.locator("section[aria-labelledby=no] button").click()

    opened.goto(site.origin + case.applicant.enter)
    press(opened)
    opened.goto(f"{site.origin}/{language}/desk/{case.applicant.slug}/application/")
    assert opened.get_by_text("The two groups are one.").is_visible()
    proofs = opened.locator("section[aria-labelledby=proofs] p")
    for group in case.groups:
        assert proofs.filter(has_text=group.name).locator(".quiet").count() == 1
    assert "both-" not in opened.content()
    assert not opened.evaluate(OVERFLOW)
    assert site.get(f"/organizations/{case.applicant.slug}/").status == 404
    assert site.get(f"/en/programs/{case.entry}/").text.count(FROM_A_SOURCE) == 1
    assert opened.foreign == []
    assert opened.complaints == []
