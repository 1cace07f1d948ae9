"""The programs of a group, as its people find them at the desk: who may what, and what is done."""

import re

import pytest
from django.test import Client

from directory.actions.programs.granting import grant_program_texts
from directory.models import HeldChange, Listing, Program, ProgramDraft
from network.enums import Role
from network.models import OutgoingMail
from network.tenancy import Purpose, acting, system
from tests.counting import questions
from tests.directory.desk import Desk, listing_of
from tests.frontend.desk_programs import ONE, A, client, fields, plain, publish
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def program(desk):
    return desk.create(facilities=["gb-harbour-house"])


PATHS = (
    "",
    "new/",
    ONE,
    *(f"{ONE}edit/{part}/" for part in ("texts", "services", "contact", "place", "withhold")),
    f"{ONE}delete/",
    f"{ONE}history/",
    f"{ONE}history/1/",
    f"{ONE}sharing/",
)
POSTED = (
    *(f"{ONE}{verb}/" for verb in ("publish", "unpublish", "confirm", "restore", "delete")),
    f"{ONE}edit/texts/",
    f"{ONE}edit/texts/draft/",
    f"{ONE}edit/texts/discard/",
    f"{ONE}edit/texts/choose/",
    f"{ONE}history/1/",
    f"{ONE}sharing/",
    f"{ONE}held/00000000-0000-0000-0000-000000000000/confirm/",
)


@pytest.mark.parametrize("more", [0, 2])
def test_six_queries_however_many_programs(desk, more):
    for number in range(1 + more):
        desk.create(names={"en": f"More {number}"}, facilities=["gb-harbour-house"])
    reader = client(desk, "edna")
    reader.get(A)
    # The session, how one stands, the programs, those deleted, their names, the grants.
    with questions(6):
        assert reader.get(A).content.decode().count("More ") == 1 + more


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_desk_and_a_foreign_program_answer_like_missing_ones(desk, program, path):
    stranger = client(desk, "claude")
    foreign, missing = stranger.get(A + path), stranger.get(f"/desk/nowhere/programs/{path}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content.replace(b"harbour-visitors", b"nowhere") == missing.content.replace(
        b"gb-harbour-visitors", b"gb-nowhere"
    )
    if ONE in path:
        own = "/desk/visiteurs-du-port/programs/"
        answers = [stranger.get(own + path), stranger.get(own + path.replace("gb-", "xx-"))]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (answer.content for answer in answers)
        assert first.replace(b"gb-harbour", b"xx-harbour") == second


@pytest.mark.parametrize("path", POSTED)
def test_nothing_is_done_to_the_program_of_another_group(desk, program, path):
    stranger = client(desk, "claude")
    assert stranger.post(A + path).status_code == 404
    assert stranger.post(f"/desk/visiteurs-du-port/programs/{path}").status_code == 404
    assert desk.fresh(program).version == 1
    assert listing_of(program) is None
    with acting(system(Purpose.OPERATOR)):
        assert not ProgramDraft.objects.filter(program=program).exists()


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_led_to_the_sign_in(desk, program, path):
    assert Client().get(A + path).status_code == 303


@pytest.mark.parametrize("path", POSTED)
def test_a_form_from_elsewhere_is_refused(desk, program, path):
    amara = signed_in(desk.cast.amara, checks_forms=True)
    assert amara.post(A + path).status_code == 403
    assert desk.fresh(program).version == 1


@pytest.mark.parametrize("path", POSTED)
def test_nothing_is_done_by_opening_an_address(desk, program, path):
    amara = client(desk, "amara")
    assert amara.get(A + path).status_code in (200, 404, 405)
    assert (desk.fresh(program).version, desk.fresh(program).deleted_at) == (1, None)
    assert listing_of(program) is None


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("bilal", {"new/", f"{ONE}edit/texts/", f"{ONE}delete/", f"{ONE}sharing/"}),
        ("edna", {f"{ONE}delete/", f"{ONE}sharing/"}),
        ("carla", {f"{ONE}delete/", f"{ONE}sharing/"}),
        ("amara", set()),
    ],
)
def test_each_role_opens_what_it_may(desk, program, name, refused):
    asked = {"", "new/", ONE, f"{ONE}edit/texts/", f"{ONE}history/"}
    asked |= {f"{ONE}delete/", f"{ONE}sharing/"}
    answers = {path: client(desk, name).get(A + path).status_code for path in asked}
    assert {path for path, status in answers.items() if status == 403} == refused
    assert {status for path, status in answers.items() if path not in refused} == {200}


def test_a_group_without_programs_is_told_what_to_do(desk):
    page = client(desk, "edna").get(A)
    assert "Make a program" in plain(page)
    assert "Of B, secret" not in plain(page)
    assert "new/" not in client(desk, "bilal").get(A).content.decode()


def test_a_program_is_made_from_a_name_and_once(desk):
    edna = client(desk, "edna")
    page = edna.get(f"{A}new/")
    key = re.search(r'name="key" value="([0-9a-f]+)"', page.content.decode())[1]
    sent = {"key": key, "name": "Dover Visitors", "language": "en", "country": "GB"}
    for _again in range(2):
        made = edna.post(f"{A}new/", sent)
        assert (made.status_code, made["Location"]) == (
            303,
            f"{A}gb-dover-visitors/edit/texts/",
        )
    with acting(desk.actor("amara")):
        assert Program.objects.count() == 1
    wrong = edna.post(f"{A}new/", {**sent, "name": "", "language": "no language"})
    assert wrong.status_code == 422
    wrong = edna.post(f"{A}new/", {**sent, "key": "0" * 32, "language": "no language"})
    assert wrong.status_code == 422
    assert b"We know no language called no language" in wrong.content


def test_long_lists_have_pages(desk):
    for number in range(21):
        desk.create(names={"en": f"Program {number:02}"})
    edna = client(desk, "edna")
    first = edna.get(A).content.decode()
    assert "Program 19" in first
    assert "Program 20" not in first
    cursor = re.search(r'rel="next" href="\?cursor=([^"]+)"', first)[1]
    assert "Program 20" in edna.get(f"{A}?cursor={cursor}").content.decode()
    assert edna.get(f"{A}?cursor=nonsense").status_code == 404


def test_publishing_a_change_that_waits_and_a_colleague_who_confirms(desk, program):
    carla, amara = client(desk, "carla"), client(desk, "amara")
    assert carla.post(f"{A}{ONE}publish/").status_code == 303
    assert listing_of(program) is not None
    path = f"{A}{ONE}edit/contact/"
    sent = {**fields(carla.get(path)), "phone": "+44 20 1111 1111", "publish": "1"}
    page = carla.post(path, sent, follow=True)
    assert "A change waits to be public" in plain(page)
    assert "+44 20 1111 1111" in plain(page)
    assert listing_of(program).contact["phone"] == "+44 20 7946 0000"
    with acting(desk.actor("amara")):
        held = HeldChange.objects.get(program=program)
    with acting(system(Purpose.MAIL)):
        mails = list(OutgoingMail.objects.filter(subject__contains="waits to be public"))
    assert {mail.to for mail in mails} == {"amara@example.org", "carla@example.org"}
    assert not any("1111" in mail.text for mail in mails)
    confirm = f"{A}{ONE}held/{held.pk}/confirm/"
    assert confirm not in page.content.decode()
    assert "somebody else has to confirm" in plain(page)
    assert "You asked for this change yourself" in plain(carla.post(confirm, follow=True))
    assert "A change of Harbour Visitors waits" in plain(amara.get("/desk/harbour-visitors/"))
    assert confirm in amara.get(A + ONE).content.decode()
    assert client(desk, "edna").post(confirm).status_code == 403
    assert client(desk, "edna").get(A + ONE).status_code == 200
    amara.post(confirm)
    assert listing_of(program).contact["phone"] == "+44 20 1111 1111"


def test_a_held_change_of_another_program_is_not_found(desk, program):
    other = desk.create(names={"en": "Other"})
    publish(desk, program)
    desk.edit(program, website="https://new.example.org/")
    publish(desk, program)
    held = desk.held(program)
    amara = client(desk, "amara")
    assert amara.post(f"{A}{other.slug}/held/{held.pk}/confirm/").status_code == 404
    assert desk.held(program) == held


def lines_of(html):
    """What a program says of itself, line by line, from where that begins."""
    told = html[html.index('<div class="flow">') :]
    return [line.strip() for line in told.split("\n") if line.strip() not in ("", "</div>")]


def test_the_preview_is_the_public_page_without_its_frame(desk, program):
    desk.edit(program, withheld=["contact"])
    amara = client(desk, "amara")
    page = amara.get(A + ONE)
    publish(desk, program)
    public = Client().get(f"/programs/{program.slug}/").content.decode()
    seen = lines_of(public[: public.index('<aside class="side">')])
    assert len(seen) > 15
    assert lines_of(page.content.decode())[: len(seen)] == seen
    assert "7946" not in page.content.decode()
    assert "The group does not show this." in plain(page)


def test_what_stands_in_the_way_of_publishing_is_said(desk, program):
    with acting(system(Purpose.OPERATOR)):
        Program.objects.filter(pk=program.pk).update(services=["odd"])
    amara = client(desk, "amara")
    page = amara.get(A + ONE)
    assert "It cannot be published yet." in plain(page)
    assert f"{ONE}publish/" not in page.content.decode()
    assert "Take out what is no service" in plain(amara.post(f"{A}{ONE}publish/", follow=True))
    assert listing_of(program) is None


def test_unpublishing_confirming_deleting_and_bringing_back(desk, program):
    amara = client(desk, "amara")
    amara.post(f"{A}{ONE}publish/")
    amara.post(f"{A}{ONE}confirm/")
    amara.post(f"{A}{ONE}unpublish/")
    assert not Listing.objects.filter(pk=program.pk).exists()
    assert amara.get(f"{A}{ONE}delete/").status_code == 200
    gone = amara.post(f"{A}{ONE}delete/", follow=True)
    assert "Bring it back" in plain(gone)
    assert amara.get(f"{A}{ONE}edit/texts/").status_code == 404
    assert amara.get(A + ONE).status_code == 200
    amara.post(f"{A}{ONE}restore/")
    assert desk.fresh(program).deleted_at is None
    assert amara.get(f"{A}{ONE}edit/texts/").status_code == 200


def test_the_history_says_who_changed_what_and_brings_a_version_back(desk, program):
    desk.edit(program, summaries={"en": "Second."}, contact={"phone": "112"})
    amara = client(desk, "amara")
    history = plain(amara.get(f"{A}{ONE}history/"))
    assert "Version 2" in history
    assert "Edna" in history
    assert "In one sentence" in history
    page = amara.get(f"{A}{ONE}history/1/")
    assert "We visit people." in plain(page)
    assert "Second." in plain(page)
    assert amara.get(f"{A}{ONE}history/9/").status_code == 404
    stale = amara.post(f"{A}{ONE}history/1/", {"base_version": "1"}, follow=True)
    assert "A colleague saved a change" in plain(stale)
    assert client(desk, "bilal").post(f"{A}{ONE}history/1/").status_code == 403
    amara.post(f"{A}{ONE}history/1/", {"base_version": "2"})
    assert desk.fresh(program).version == 3
    assert desk.fresh(program).contact["phone"] == "+44 20 7946 0000"


def test_an_owner_lets_a_coalition_edit_texts_and_takes_it_back(desk, program):
    amara, edo = client(desk, "amara"), client(desk, "edo")
    path, theirs = f"{A}{ONE}sharing/", "/desk/coalition/programs/"
    assert "Harbour Visitors" not in plain(edo.get(theirs))
    amara.post(path, {"coalition": "coalition"})
    assert "Coalition" in plain(amara.get(path))
    page = edo.get(theirs).content.decode()
    address = re.search(r'href="(/desk/coalition/programs/granted/\d+/)"', page)[1]
    opened = edo.get(f"{address}?beside=ar")
    html = opened.content.decode()
    assert "We visit people." in html
    for secret in ("7946", "harbour.example.org", "Harbourtown", "gb-harbour"):
        assert secret not in html, secret
    version = re.search(r'name="base_version" value="(\d+)"', html)[1]
    sent = {"base_version": version, "edition": "0", "names-en": "Harbour Visitors"}
    sent |= {"summaries-en": "By the coalition.", "names-ar": "زوار", "beside": "ar"}
    assert edo.post(address, sent).status_code == 303
    with acting(desk.actor("amara")):
        assert program.texts.get(language="en").summary == "By the coalition."
    for name in ("claude", "amara"):
        assert client(desk, name).get(address).status_code == 404
    desk.role(desk.edo, Role.MEMBER)
    assert edo.get(address).status_code == 403
    desk.role(desk.edo, Role.EDITOR)
    amara.post(path, {"coalition": "coalition", "revoke": "1"})
    assert edo.get(address).status_code == 404
    assert edo.post(address, sent).status_code == 404


def test_a_guest_loses_no_text_to_a_language_that_came_or_went_meanwhile(desk):
    names = {"ar": "زوار", "fr": "Visiteurs"}
    program = desk.create(names=names, summaries={"ar": "قديم", "fr": "Ancien."}, how_to_join={})
    with acting(desk.actor("amara")) as amara:
        number = grant_program_texts(amara, program=program, coalition=desk.card).pk
    address, edo = f"/desk/coalition/programs/granted/{number}/", client(desk, "edo")
    for added, kept in (("en", names), ("", {"fr": "Visiteurs"})):
        sent = fields(edo.get(f"{address}?beside=fr"))
        assert sent["names-ar"] == "زوار"
        desk.edit(program, names={**kept, **({added: "Visitors"} if added else {})})
        sent["summaries-ar"] = f"جديد {added}"
        edo.post(address, sent)
        with acting(desk.actor("amara")):
            assert program.texts.get(language="ar").summary == f"جديد {added}".strip()
            assert program.texts.filter(language="en", name="Visitors").exists() == bool(added)
        desk.edit(program, names=names)


def test_a_grant_for_nobody_is_refused(desk, program):
    amara = client(desk, "amara")
    for slug in ("", "nowhere", "visiteurs-du-port", "harbour-visitors"):
        page = amara.post(f"{A}{ONE}sharing/", {"coalition": slug}, follow=True)
        assert "Choose a coalition that your group belongs to." in plain(page)


def test_a_list_of_one_and_of_three_asks_the_same(desk):
    edna = client(desk, "edna")
    desk.create()
    with acting(desk.actor("amara")) as amara:
        grant_program_texts(amara, program=Program.objects.get(), coalition=desk.card)
    edna.get(A)

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            assert edna.get(A).status_code == 200
        return len([one for one in asked if "set_config" not in one["sql"]])

    first = cost()
    for number in range(2):
        desk.create(names={"en": f"More {number}"})
    assert cost() == first
