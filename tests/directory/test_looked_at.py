"""Public texts that could identify somebody: asked about in every field, kept once looked at."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from directory.actions.organizations import edit_organization
from directory.actions.pictures import describe_photo, set_photo
from directory.actions.programs.drafts import save_draft
from directory.actions.programs.editing import create_program, edit_program, restore_version
from directory.actions.stating import (
    add_visiting_rule,
    check_report,
    edit_visiting_rule,
    report_access_event,
    state_facility,
    supersede_event,
)
from directory.actions.stating.claim_values import TEXTS as CLAIM_TEXTS
from directory.actions.stating.rule_values import TEXTS as RULE_TEXTS
from directory.models import AccessReport, FacilityClaim, Program, ProgramVersion, VisitingRule
from directory.queries.program_values import TEXTS
from network.enums import UploadKind
from network.identifying import kinds_found
from network.models import AuditEntry, Organization
from network.tenancy import Purpose, acting, system
from tests.directory.desk import Desk
from tests.directory.stating import CLAIM, EVENT, RULE, refusals
from tests.factories import make_country, make_facility
from tests.uploaded import files, inspected

__all__ = ["files"]

MARK = "123 456 789"
SEEN = f"A {MARK}"
ASKED = ["identifies"]
OF_PROGRAM = {
    **{f"{name}.fr": {name: {"en": "Harbour", "fr": SEEN}} for name in TEXTS},
    "contact.note": {"contact": {"phone": "+44 20 7946 0000", "note": SEEN}},
    "contact.hours": {"contact": {"hours": SEEN}},
    "capacity.note": {"capacity": {"note": SEEN}},
    "facilities": {"facilities": [SEEN]},
}


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def place(desk):
    return make_facility(slug="harbour-centre", name="Harbour Centre", country=make_country("GB"))


@pytest.mark.parametrize("field", OF_PROGRAM)
def test_a_program_asks_and_is_kept_once_looked_at(desk, field):
    program = desk.create()
    values = OF_PROGRAM[field]
    with acting(desk.actor("edna")) as edna:
        with pytest.raises(ValidationError) as refused:
            edit_program(edna, program=program, base_version=1, values=values)
        assert refusals(refused) == {field: ASKED}
        assert MARK not in str(refused.value.message_dict)
        assert Program.objects.get(pk=program.pk).version == 1
        edit_program(edna, program=program, base_version=1, values=values, has_looked=True)
        # What was looked at is not asked again, whatever else changes.
        more = {**values, "languages": ["fr"]}
        edit_program(edna, program=program, base_version=2, values=more)
        assert Program.objects.get(pk=program.pk).version == 3


def test_the_id_of_a_place_is_no_text(desk):
    land = make_country("GB")
    odd = "00000000-0000-4000-a123-456789abcdef"
    place = make_facility(pk=odd, slug="gb-odd", name="Odd House", country=land)
    assert kinds_found(str(place.pk))
    with acting(desk.actor("edna")) as edna:
        values = {"names": {"en": "Friends"}, "country": "GB", "facilities": ["gb-odd"]}
        program = create_program(edna, values=values)
        edit_program(edna, program=program, base_version=1, values={"facilities": []})
        edit_program(edna, program=program, base_version=2, values={"facilities": ["gb-odd"]})


def test_a_new_program_asks(desk):
    with acting(desk.actor("edna")) as edna:
        values = {"names": {"en": f"Friends of {SEEN}"}, "country": "GB"}
        with pytest.raises(ValidationError) as refused:
            create_program(edna, values=values)
        assert refusals(refused) == {"names.en": ASKED}
        assert not Program.objects.exists()
        create_program(edna, values=values, has_looked=True)


def test_what_was_looked_at_comes_back_from_the_history(desk):
    program = desk.create()
    with acting(desk.actor("edna")) as edna:
        odd = {"summaries": {"en": f"We know {SEEN}"}}
        edit_program(edna, program=program, base_version=1, values=odd, has_looked=True)
        plain = {"summaries": {"en": "We visit."}}
        edit_program(edna, program=program, base_version=2, values=plain)
        restore_version(edna, program=program, version=2, base_version=3)
        assert ProgramVersion.objects.get(version=4).snapshot["summaries"] == odd["summaries"]


def test_a_draft_is_not_asked_about(desk):
    program = desk.create()
    with acting(desk.actor("edna")) as edna:
        values = {"summaries": {"en": "born 12.03.1990"}}
        draft = save_draft(edna, program=program, base_version=1, edition=0, values=values)
        assert draft.values == values
        with pytest.raises(ValidationError) as refused:
            edit_program(edna, program=program, base_version=1, values=values)
        assert refusals(refused) == {"summaries.en": ASKED}


def test_the_log_says_nothing_of_it(desk):
    program = desk.create()
    values = {"summaries": {"en": f"We know {SEEN}"}}
    with acting(desk.actor("edna")) as edna:
        edit_program(edna, program=program, base_version=1, values=values, has_looked=True)
    with acting(system(Purpose.OPERATOR)):
        assert MARK not in str(list(AuditEntry.objects.values_list("details", flat=True)))


@pytest.mark.parametrize("field", CLAIM_TEXTS)
def test_a_claim_asks(desk, place, field):
    values = {**CLAIM, field: SEEN, "text_language": "en"}
    with acting(desk.actor("carla")) as carla:
        with pytest.raises(ValidationError) as refused:
            state_facility(carla, facility=place, values=values, seen=None)
        assert refusals(refused) == {field: ASKED}
        assert not FacilityClaim.objects.exists()
        state_facility(carla, facility=place, values=values, seen=None, has_looked=True)


@pytest.mark.parametrize("field", [*(one for one in RULE_TEXTS if one != "contact_type"), "list"])
def test_rules_ask(desk, place, field):
    values = {**RULE, "items_barred": [SEEN]} if field == "list" else {**RULE, field: SEEN}
    name = "items_barred" if field == "list" else field
    with acting(desk.actor("carla")) as carla:
        with pytest.raises(ValidationError) as refused:
            add_visiting_rule(carla, facility=place, values=values)
        assert refusals(refused) == {name: ASKED}
        rule = add_visiting_rule(carla, facility=place, values=RULE)
        with pytest.raises(ValidationError) as refused:
            edit_visiting_rule(carla, rule=rule, values=values, version=1)
        assert refusals(refused) == {name: ASKED}
        edit_visiting_rule(carla, rule=rule, values=values, version=1, has_looked=True)
        assert VisitingRule.objects.get().version == 2


def test_a_report_asks(desk, place):
    values = {**EVENT, "statement": f"They turned away who came for {SEEN}."}
    with acting(desk.actor("carla")) as carla:
        for ask in (check_report, report_access_event):
            with pytest.raises(ValidationError) as refused:
                ask(carla, values=values)
            assert refusals(refused) == {"statement": ASKED}
        assert not AccessReport.objects.exists()
        check_report(carla, values=values, has_looked=True)
        report = report_access_event(carla, values=EVENT)
        with pytest.raises(ValidationError) as refused:
            supersede_event(carla, report=report, values=values)
        assert refusals(refused) == {"statement": ASKED}
        supersede_event(carla, report=report, values=values, has_looked=True)


def test_a_place_that_is_not_listed_asks_by_its_name(desk):
    values = {**EVENT, "facility": None, "country": "GB", "facility_name": f"Cell of {SEEN}"}
    with acting(desk.actor("carla")) as carla, pytest.raises(ValidationError) as refused:
        report_access_event(carla, values=values)
    assert refusals(refused)["facility_name"] == ASKED


@pytest.mark.usefixtures("files")
def test_a_photo_asks(desk):
    program = desk.create()
    photo = inspected(use=UploadKind.PHOTO)
    words = {"en": f"The door of {SEEN}"}
    with acting(desk.actor("edna")) as edna:
        with pytest.raises(ValidationError) as refused:
            set_photo(edna, program=program, inspected=photo, alt=words)
        assert refusals(refused) == {"alt.en": ASKED}
        set_photo(edna, program=program, inspected=photo, alt={"en": "A door"})
        with pytest.raises(ValidationError) as refused:
            describe_photo(edna, program=program, alt=words)
        assert refusals(refused) == {"alt.en": ASKED}
        describe_photo(edna, program=program, alt=words, has_looked=True)
        # The same words are not asked about again.
        describe_photo(edna, program=program, alt={**words, "fr": "Une porte"})
        set_photo(edna, program=program, inspected=photo, alt=words, has_looked=True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": f"Friends of {SEEN}"}, "name"), ({"names": {"fr": SEEN}}, "names.fr")],
    ids=["name", "names"],
)
def test_the_name_of_a_group_asks(desk, changes, field):
    with acting(desk.actor("carla")) as carla:
        group = Organization.objects.get()
        with pytest.raises(ValidationError) as refused:
            edit_organization(carla, organization=group, base_version=1, changes=changes)
        assert refusals(refused) == {field: ASKED}
        assert Organization.objects.get().version == 1
        edit_organization(
            carla, organization=group, base_version=1, changes=changes, has_looked=True
        )
        assert Organization.objects.get().version == 2
