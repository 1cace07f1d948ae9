"""A conversation taken along, and those in the archive of an organization."""

from __future__ import annotations

import json
import tracemalloc
import uuid

import pytest

from directory.actions.moving import ask_for_export
from messaging.actions.exporting import begin_export
from messaging.actions.leaving import invite, leave_conversation, show_name
from messaging.actions.sending import delete_message
from messaging.models import Conversation
from messaging.queries.exporting import export_messages, export_rows
from messaging.queries.inbox import conversation_for
from network.actions.approvals import confirm_approval
from network.enums import Role
from network.models import AuditEntry
from network.permissions import Refused
from network.queries.exports import exports_of
from network.serialization import json_bytes
from network.tenancy import acting
from tests.api.bearing import ask, token_for
from tests.directory.moved import exported, parts_of
from tests.messaging.talking import (
    accepts,
    change_organization,
    channel,
    group,
    join,
    row_of,
    say,
    text_file,
    third,
)
from tests.messaging.test_purging import in_days
from tests.signing_in import signed_in
from tests.uploaded import files

__all__ = ["files"]

pytestmark = pytest.mark.django_db


def rows_of(actor, conversation):
    with acting(actor, is_reading=True):
        found = conversation_for(actor, conversation.pk)
    return [json.loads(json_bytes(one)) for rows in export_rows(actor, found) for one in rows]


def exported_by(person, conversation, form):
    """The file that a page gives."""
    answer = signed_in(person).post(f"/messages/{conversation.pk}/export/", {"form": form})
    return b"".join(answer.streaming_content).decode()


def entries(actor):
    with acting(actor):
        rows = AuditEntry.objects.filter(verb="conversation.exported")
        return [(one.object_id, one.details) for one in rows]


def test_who_has_no_part_takes_nothing_along(cast):
    conversation = channel(cast)
    hidden = group(cast.actor("omar"), topic="Hidden")
    _other, olga = third()
    for actor, talk in ((olga, conversation), (cast.actor("amara"), hidden)):
        with acting(actor), pytest.raises(Conversation.DoesNotExist):
            begin_export(actor, conversation_id=talk.pk)
    assert entries(cast.actor("amara")) == []


def test_a_lock_down_freezes_exports_also_one_under_way(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    with acting(omar, is_reading=True):
        found = conversation_for(omar, conversation.pk)
    lines, page = export_rows(omar, found), export_messages(omar, found)
    next(lines)
    change_organization(cast.a, locked_down_at=in_days(0))
    for under_way in (lines, page):
        with pytest.raises(Conversation.DoesNotExist):
            next(under_way)
    with acting(omar), pytest.raises(Refused):
        begin_export(omar, conversation_id=conversation.pk)


def test_it_holds_ones_range_with_handles_and_no_person(cast):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    gone = say(omar, conversation, "Deleted heron")
    say(chiara, conversation, "From Chiara")
    with acting(chiara):
        show_name(chiara, conversation_id=conversation.pk, name="Shown Chiara")
        leave_conversation(chiara, conversation_id=conversation.pk)
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=gone.id
        )
    say(omar, conversation, "After she left")
    rows = rows_of(chiara, conversation)
    assert (rows[0]["row"], rows[-1]["row"]) == ("conversation", "end")
    assert rows[-1]["events"] == len(rows) - 2
    text = json.dumps(rows)
    assert "From Chiara" in text
    assert "Shown Chiara" in text
    assert "After she left" not in text
    assert "heron" not in text
    for person in (cast.omar, cast.chiara, cast.amara):
        assert str(person.pk) not in text
        assert person.email not in text
    assert "After she left" in json.dumps(rows_of(omar, conversation))


def test_who_was_asked_back_takes_along_what_they_read_before_they_left(cast):
    omar, amara = cast.actor("omar"), cast.actor("amara")
    talk = group(omar, amara)
    accepts(amara, talk)
    say(omar, talk, "While she was there")
    with acting(amara):
        leave_conversation(amara, conversation_id=talk.pk)
    say(omar, talk, "After she left")
    with acting(omar):
        invite(omar, conversation_id=talk.pk, members=[amara.person_id])
    text = json.dumps(rows_of(amara, talk))
    assert "While she was there" in text
    assert "After she left" not in text


def test_files_are_named_with_their_message_and_go_with_it(cast, files):
    conversation, omar, chiara = channel(cast), cast.actor("omar"), cast.actor("chiara")
    words = "Hours of <May>"
    say(omar, conversation, "Two sheets", files=(text_file("Sheet"), text_file(words)))
    gone = say(omar, conversation, "", files=(text_file("Withdrawn"),))
    with acting(chiara):
        leave_conversation(chiara, conversation_id=conversation.pk)
    say(omar, conversation, "", files=(text_file("Afterwards"),))
    with acting(omar):
        delete_message(
            omar, conversation_id=conversation.pk, client_id=uuid.uuid4(), target=gone.id
        )
    found = [one["attachments"] for one in rows_of(chiara, conversation)[1:-1]]
    named = [one for several in found for one in several]
    assert [(one["name"], one["media_type"], one["bytes"]) for one in named] == [
        ("Sheet.txt", "text/plain", 5),
        (f"{words}.txt", "text/plain", len(words)),
    ]
    path = f"/api/v1/conversations/{conversation.pk}/"
    for one in named:
        assert ask(f"{path}attachments/{one['id']}/", token_for(cast, "chiara")).status_code == 200
    told = {
        "page": exported_by(cast.chiara, conversation, "html"),
        "lines": exported_by(cast.chiara, conversation, "jsonl"),
        "api": b"".join(
            ask(f"{path}export/", token_for(cast, "chiara")).streaming_content
        ).decode(),
    }
    for form in ("page", "lines", "api"):
        assert "Sheet.txt" in told[form], form
        assert "Withdrawn" not in told[form], form
        assert "Afterwards" not in told[form], form
    assert "Hours of &lt;May&gt;.txt</bdi> (Text, 14\xa0bytes)" in told["page"]
    assert "Afterwards.txt" in exported_by(cast.omar, conversation, "html")
    archived = repr(parts_of(exported(cast.actor("amara"))))
    assert "Afterwards.txt" in archived
    assert "Withdrawn" not in archived


def test_by_page_and_by_token_it_is_a_file_that_nobody_keeps(cast):
    conversation, omar = channel(cast), cast.actor("omar")
    say(omar, conversation, "مرحبا", language="ar")
    client = signed_in(cast.omar)
    path = f"/messages/{conversation.pk}/export/"
    assert client.get(path).status_code == 405
    assert client.post(path, {"form": "pdf"}).status_code == 400
    page = client.post(path, {"form": "html"})
    text = b"".join(page.streaming_content).decode()
    assert '<div dir="auto" lang="ar"><p>مرحبا</p></div>' in text
    assert text.rstrip().endswith("</html>")
    assert "<style" not in text
    lines = client.post(path, {"form": "jsonl"})
    by_token = ask(f"/api/v1/conversations/{conversation.pk}/export/", token_for(cast, "omar"))
    for answer, ending in ((page, "html"), (lines, "jsonl"), (by_token, "jsonl")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["Content-Disposition"].endswith(f'.{ending}"')
    told = [json.loads(line) for line in b"".join(lines.streaming_content).splitlines()]
    also = [json.loads(line) for line in b"".join(by_token.streaming_content).splitlines()]
    assert told[1:] == also[1:] == rows_of(omar, conversation)[1:]
    assert entries(omar) == [(conversation.pk, {"kind": "channel"})] * 3


def test_the_log_does_not_say_which_talk_of_people_it_was(cast):
    omar = cast.actor("omar")
    talk = group(omar, topic="Private")
    with acting(omar):
        begin_export(omar, conversation_id=talk.pk)
    assert entries(omar) == [(None, {"kind": "group"})]


def test_memory_does_not_grow_with_the_log(cast):
    omar = cast.actor("omar")
    talk = group(omar)
    peaks = []
    for more in (5, 60):
        for number in range(more):
            say(omar, talk, f"{number} " + "x" * 12_000)
        with acting(omar, is_reading=True):
            found = conversation_for(omar, talk.pk)
        from messaging.queries import exporting

        exporting.AT_ONCE, before = 5, exporting.AT_ONCE
        tracemalloc.start()
        size = sum(len(json_bytes(one)) for rows in export_rows(omar, found) for one in rows)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        exporting.AT_ONCE = before
    assert size > 600_000
    assert peaks[1] < peaks[0] * 1.5 + 100_000


def test_the_archive_holds_what_its_owner_takes_part_in_and_no_talk_of_colleagues(cast, files):
    conversation, omar = channel(cast), cast.actor("omar")
    say(omar, conversation, "Said in the channel")
    say(omar, group(omar, topic="Of Omar"), "Said by Omar alone")
    parts = parts_of(exported(cast.actor("amara")))
    text = json.dumps(parts["conversations.jsonl"])
    assert "Said in the channel" in text
    assert "Of Omar" not in text
    assert "Said by Omar alone" not in text
    assert str(omar.person_id) not in text
    assert parts["manifest.json"]["counts"]["conversations"] == len(parts["conversations.jsonl"])


def test_who_confirms_does_not_fetch_what_the_other_owner_reads(cast, files):
    amara, second = cast.actor("amara"), join(cast.a, "secunda", Role.OWNER)
    say(amara, group(amara, topic="Of Amara"), "Said by Amara")
    say(second, group(second, topic="Of the second"), "Said by the second")
    with acting(amara):
        approval = ask_for_export(amara)
    with acting(second):
        confirm_approval(second, approval=approval)
        assert not exports_of(second)
    with acting(amara):
        export = exports_of(amara).get()
    from network.uploads.storage import EXPORTS

    text = json.dumps(parts_of(EXPORTS.read(export.name))["conversations.jsonl"])
    assert "Said by Amara" in text
    assert "Said by the second" not in text


def test_nobody_else_of_the_group_may_ask_for_the_archive(cast, files):
    omar = cast.actor("omar")
    conversation = channel(cast)
    assert row_of(omar, conversation) is not None
    answer = ask(
        "/api/v1/organizations/harbour-visitors/export/",
        token_for(cast, "omar"),
        method="POST",
        body={},
    )
    assert answer.status_code == 403
