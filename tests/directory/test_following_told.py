"""What followers are told, and when: every public change once, nothing else."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.utils import timezone

from directory.actions.following import telling
from directory.actions.importing import AccessEvents, VisitingRules
from directory.actions.revisions import change_revision
from directory.actions.stating import (
    add_visiting_rule,
    confirm_visiting_rule,
    edit_visiting_rule,
    release_reports,
    report_access_event,
    withdraw_visiting_rule,
)
from directory.models import AccessReport, Follow
from directory.queries.visiting_state import Subject
from frontend.following import letters
from network.models import Job
from network.tenancy import Purpose, acting, system
from tests.directory import importing
from tests.directory.followed import (
    END,
    FOLLOW,
    a_day_later,
    a_minute_later,
    follow,
    forget_mails,
    mails,
    place_of,
    rows,
    tell,
)
from tests.directory.stating import EVENT, RULE
from tests.factories import make_access, make_country, make_event, make_facility, make_rule

pytestmark = pytest.mark.django_db
RELEASE = system(Purpose.RELEASE)


@pytest.fixture
def place():
    return make_facility(slug="harbour-centre", name="Harbour Centre")


def changed():
    """Say that something public changed, as every action that writes it does."""
    with acting(system(Purpose.OPERATOR)):
        change_revision()


def told():
    """One round after a change; the mails that it wrote."""
    changed()
    forget_mails()
    tell()
    return mails()


def test_only_the_system_tells(place):
    for purpose in (Purpose.MAIL, Purpose.OPERATOR, Purpose.PURGE):
        with pytest.raises(ValueError, match="follower"):
            telling.tell_followers(system(purpose), compose=None)


def test_what_was_there_before_is_not_told(place):
    make_event(facility=place)
    make_rule(facility=place)
    follow(place_of(place))
    assert told() == []


def test_an_entry_is_told_once_with_place_date_source_and_both_links(place):
    follow(place_of(place))
    make_event(facility=place, statement="No volunteers.", source_url="https://news.example/1")
    (mail,) = told()
    for words in (
        *("Harbour Centre: Suspended", "Volunteer visitors", "From March 2024", "No volunteers."),
        *("https://news.example/1", "/en/facilities/harbour-centre/"),
    ):
        assert words in mail.text, words
        assert words in mail.html.replace("<bdi>", "").replace("</bdi>", ""), words
    (link,) = set(END.findall(mail.text))
    assert mail.headers["List-Unsubscribe"].endswith(f"/follow/end/{link}/>")
    assert "/en/" not in mail.headers["List-Unsubscribe"]
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told() == []
    a_day_later()
    assert told() == []


def test_others_are_not_told(place):
    follow(place_of(make_facility()), "elsewhere@example.org")
    follow(Subject(country=make_country("GB")), "abroad@example.org")
    make_event(facility=place)
    make_rule(facility=place)
    make_access("FR")
    assert told() == []


def test_a_country_is_told_of_its_places_its_law_and_the_whole(place):
    follow(Subject(country=make_country()))
    make_event(facility=place)
    make_event(facility_name="All centres")
    make_rule(facility=place)
    make_access("FR", statement="The law says so.")
    (mail,) = told()
    for words in ("Harbour Centre: Suspended", "The whole of France", "New rules", "The law says"):
        assert words in mail.text


def test_a_place_is_told_of_its_whole_country_and_its_duplicates_but_not_of_the_law(place):
    twin = make_facility(slug="twin", merged_into=place, name="The Twin")
    follow(place_of(place))
    make_access("FR")
    assert told() == []
    make_event(facility_name="All centres", statement="Everywhere.")
    make_event(facility=twin, statement="At the twin.")
    (mail,) = told()
    assert "Everywhere." in mail.text
    assert "At the twin." in mail.text


def test_one_mail_a_day_and_then_all_since(place):
    follow(place_of(place))
    make_event(facility=place, statement="First.")
    assert len(told()) == 1
    make_event(facility=place, statement="Second.")
    assert told() == []
    make_event(facility=place, statement="Third.")
    assert told() == []
    a_day_later()
    forget_mails()
    assert tell() == 1
    (mail,) = mails()
    assert "First." not in mail.text
    assert "Second." in mail.text
    assert "Third." in mail.text


def test_rules_are_told_when_new_changed_and_gone_and_not_when_confirmed(cast, place):
    follow(place_of(place))
    with acting(cast.actor("amara")) as amara:
        rule = add_visiting_rule(amara, facility=place, values=RULE)
    (mail,) = told()
    assert "New rules for a visit" in mail.text
    assert "Mon 10:00-12:00" in mail.text
    a_day_later()
    with acting(system(Purpose.OPERATOR)):
        rule.confirmed_on -= dt.timedelta(days=3)
        rule.save()
    with acting(cast.actor("amara")) as amara:
        rule = confirm_visiting_rule(amara, rule=rule)
    assert told() == []
    with acting(cast.actor("amara")) as amara:
        values = {**RULE, "days_hours": "Tue 9:00-10:00"}
        edit_visiting_rule(amara, rule=rule, values=values, version=rule.version)
    (mail,) = told()
    assert "What changed: days and hours" in mail.text
    assert "Tue 9:00-10:00" in mail.text
    a_day_later()
    with acting(cast.actor("amara")) as amara:
        withdraw_visiting_rule(amara, rule=rule)
    (mail,) = told()
    assert "Harbour Centre: Rules for a visit were taken away" in mail.text
    assert "Family and friends" in mail.text


def test_an_import_that_rewrites_nothing_tells_nobody(tmp_path):
    place = make_facility(slug="gb-new-place", name="New Place", country=make_country("GB"))
    files = [
        (AccessEvents, {**importing.EVENT, "facility_slug": place.slug}),
        (
            VisitingRules,
            {**importing.RULE, "facility_slug": place.slug, "retrieved": "2026-01-01"},
        ),
    ]
    follow(place_of(place))
    for number, (kind, row) in enumerate(files):
        importing.load(kind, importing.write_csv(tmp_path / f"{number}.csv", row))
    assert len(told()) == 1
    a_day_later()
    for number, (kind, row) in enumerate(files):
        importing.load(kind, tmp_path / f"{number}.csv")
        again = {**row, "retrieved": "2026-02-02"} if "retrieved" in row else row
        importing.load(kind, importing.write_csv(tmp_path / f"{number}.csv", again))
    assert told() == []
    importing.load(
        VisitingRules,
        importing.write_csv(tmp_path / "1.csv", {**files[1][1], "days_hours": "weekends"}),
    )
    (mail,) = told()
    assert "weekends" in mail.text


def test_a_report_that_waits_is_told_on_its_day_and_its_author_never(cast, place):
    follow(place_of(place))
    follow(Subject(country=place.country), "land@example.org")
    later = (timezone.now() + dt.timedelta(days=2)).isoformat()
    with acting(cast.actor("amara")) as amara:
        report_access_event(amara, values={**EVENT, "publish_at": later})
    assert told() == []
    assert not any(row.behind_since for row in rows())
    with acting(RELEASE):
        AccessReport.objects.update(publish_at=timezone.now() - dt.timedelta(minutes=1))
    assert told() == []
    assert release_reports(RELEASE) == 1
    found = told()
    assert len(found) == 2
    for mail in found:
        whole = mail.subject + mail.text + mail.html + str(mail.headers)
        assert "The centre turned all volunteers away." in whole
        assert "Entered by a verified program." in whole
        for private in ("Harbour Visitors", "harbour-visitors", "amara", str(cast.a.pk)):
            assert private not in whole.lower() if private == "amara" else private not in whole


def test_what_came_and_went_before_the_mail_is_not_told(place):
    follow(place_of(place))
    make_event(facility=place)
    assert len(told()) == 1
    rule = make_rule(facility=place)
    assert told() == []
    with acting(system(Purpose.OPERATOR)):
        rule.delete()
    a_day_later()
    assert told() == []
    assert not any(row.behind_since for row in rows())


@pytest.mark.parametrize("broken", ["send_letter", "digest_of"])
def test_a_worker_that_dies_has_done_both_or_neither(place, monkeypatch, broken):
    follow(place_of(place))
    make_event(facility=place)
    changed()
    telling._look(FOLLOW)
    kept = getattr(telling, broken)

    def dies(*args, **kwargs):
        kept(*args, **kwargs)
        raise DatabaseError("gone")

    with monkeypatch.context() as dying:
        dying.setattr(telling, broken, dies)
        assert tell() == 0
    assert mails() == []
    assert [(bool(row.behind_since), row.told_at) for row in rows()] == [(True, None)]
    assert tell() == 1
    assert tell() == 0
    assert len(mails()) == 1


def test_a_worker_that_dies_while_it_looks_looks_again(place, monkeypatch):
    follow(place_of(place))
    make_event(facility=place)
    changed()

    def dies(*_args):
        raise DatabaseError("gone")

    with monkeypatch.context() as dying:
        dying.setattr(telling, "_digests", dies)
        with pytest.raises(DatabaseError):
            tell()
    assert not Job.objects.filter(name=telling.JOB).exists()
    assert tell() == 1


def test_what_comes_one_after_another_stands_in_one_mail(place):
    follow(place_of(place))
    make_event(facility=place, statement="First.")
    changed()
    assert telling.tell_followers(FOLLOW, compose=letters.news) == 0
    make_event(facility=place, statement="Second.")
    changed()
    assert telling.tell_followers(FOLLOW, compose=letters.news) == 0
    a_minute_later()
    assert telling.tell_followers(FOLLOW, compose=letters.news) == 1
    (mail,) = mails()
    assert "First." in mail.text
    assert "Second." in mail.text


def test_nothing_is_compared_while_nothing_public_changes(place, monkeypatch):
    follow(place_of(place))
    changed()
    tell()

    def never(*_args):
        raise AssertionError("looked")

    monkeypatch.setattr(telling, "_digests", never)
    assert tell() == 0


def test_a_field_that_an_older_version_did_not_compare_is_no_change(place):
    make_rule(facility=place)
    follow(place_of(place))
    with acting(FOLLOW):
        row = Follow.objects.get()
        for marks in row.told["rules"].values():
            del marks["note"]
        row.told_digest = "older"
        row.save()
    assert told() == []
    assert rows()[0].told_digest != "older"


def test_very_many_changes_are_counted_and_not_all_told(place):
    follow(place_of(place))
    for number in range(23):
        make_event(facility=place, statement=f"Statement number {number}.")
    (mail,) = told()
    assert mail.text.count("Statement number") == 20
    assert "3 more changes are on the page." in mail.text


def test_each_is_told_in_their_language(place):
    for code in ("en", "es", "fr", "ar"):
        follow(place_of(place), f"{code}@example.org", code)
    make_event(facility=place)
    told()
    for code, direction in (("en", "ltr"), ("es", "ltr"), ("fr", "ltr"), ("ar", "rtl")):
        (mail,) = mails(f"{code}@example.org")
        assert f'<html lang="{code}" dir="{direction}">' in mail.html
        assert f"/{code}/facilities/harbour-centre/" in mail.text
        assert f"/{code}/follow/end/" in mail.text
