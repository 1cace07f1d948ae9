"""Row security on conversations, and a log that is never changed."""

from django.db import migrations

from network.tenancy.event_log import EventLog
from network.tenancy.operations import ORGANIZATION, PERSON, PostgresSql, RowSecurity, purpose_in

OWN = f"organization_id = {ORGANIZATION}"
HAND = purpose_in("messenger")
GONE = purpose_in("operator", "purge")
READS = purpose_in("hub", "messenger", "purge")

# Participants ask memberships and organizations, and those never ask back. A row whose end was
# not written in time shows nothing: the membership is asked as it is now.
STANDS = (
    "EXISTS (SELECT 1 FROM network_membership m JOIN network_organization o "
    "ON o.id = m.organization_id WHERE m.id = membership_id AND m.ended_at IS NULL "
    "AND m.role IN ('organizer', 'coordinator', 'owner') "
    "AND o.status = 'verified' AND o.locked_down_at IS NULL)"
)
MINE = f"person_id = {PERSON} AND organization_id = {ORGANIZATION}"


def takes_part(conversation: str, more: str = "") -> str:
    """Whether the acting person has a part in a conversation; the participants' policy answers."""
    return (
        "EXISTS (SELECT 1 FROM messaging_participant p "
        f"WHERE p.conversation_id = {conversation} AND p.person_id = {PERSON} "
        f"AND p.organization_id = {ORGANIZATION}{more})"
    )


def within(table: str) -> str:
    """The same for what has a number: it lies in the visible range."""
    return takes_part(
        f"{table}.conversation_id",
        f" AND {table}.seq > p.joined_seq AND (p.left_seq IS NULL OR {table}.seq <= p.left_seq)",
    )


ACTIVE = " AND p.ended_as = '' AND p.state = 'active'"
OWN_HANDLE = (
    "EXISTS (SELECT 1 FROM messaging_participant p WHERE p.handle_id = {table}.handle_id "
    f"AND p.person_id = {PERSON} AND p.organization_id = {ORGANIZATION}{{more}})"
)


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0001_the_log"),
        ("network", "0011_bounces"),
    ]

    operations = [
        # A person reads their own rows and nobody else's: which colleague is which handle is read
        # by the messenger's hand, see `messaging.queries.handles`.
        RowSecurity(
            "messaging_participant",
            seen=f"({MINE} AND {STANDS}) OR {GONE} OR {purpose_in('hub', 'messenger', 'digest')}",
            written=f"({MINE} AND {STANDS}) OR {HAND}",
            added=HAND,
            removed=f"{GONE} OR {HAND}",
        ),
        RowSecurity(
            "messaging_conversation",
            seen=(
                f"{takes_part('messaging_conversation.id')} OR {READS} OR {purpose_in('digest')}"
            ),
            written=(
                f"{takes_part('messaging_conversation.id', ACTIVE)} "
                f"OR {purpose_in('messenger', 'purge')}"
            ),
            added=HAND,
            removed=purpose_in("purge"),
        ),
        RowSecurity(
            "messaging_party",
            seen=f"{takes_part('messaging_party.conversation_id')} OR {READS}",
            written=HAND,
            removed=purpose_in("purge"),
        ),
        RowSecurity(
            "messaging_handle",
            seen=f"{takes_part('messaging_handle.conversation_id')} OR {READS}",
            written=HAND,
            removed=purpose_in("purge"),
        ),
        # Who wrote something that waits for its number reads it too.
        RowSecurity(
            "messaging_event",
            seen=(
                f"{within('messaging_event')} OR (messaging_event.seq IS NULL AND "
                f"{OWN_HANDLE.format(table='messaging_event', more='')}) OR {READS}"
            ),
            written=purpose_in("messenger", "purge"),
            added=(
                "("
                f"{OWN_HANDLE.format(table='messaging_event', more=ACTIVE)} "
                "AND kind IN ('message', 'topic', 'edit', 'deletion')) "
                f"OR {HAND}"
            ),
            removed=purpose_in("messenger", "purge"),
        ),
        RowSecurity(
            "messaging_mention",
            seen=f"{within('messaging_mention')} OR {READS} OR {purpose_in('digest')}",
            written=HAND,
            added=(
                "EXISTS (SELECT 1 FROM messaging_event e "
                "WHERE e.id = event_id AND e.seq = messaging_mention.seq "
                "AND e.conversation_id = messaging_mention.conversation_id AND "
                f"{OWN_HANDLE.format(table='e', more=ACTIVE)}) OR {HAND}"
            ),
            removed=purpose_in("messenger", "purge"),
        ),
        # A no is read by who said it, and by nobody whom it was said to.
        RowSecurity(
            "messaging_contactrequest",
            seen=f"{OWN} OR {HAND} OR {GONE}",
            written=f"{OWN} OR {HAND}",
            added=HAND,
            removed=f"{GONE} OR {HAND}",
        ),
        RowSecurity(
            "messaging_block",
            seen=f"{OWN} OR {HAND} OR {GONE}",
            written=OWN,
            removed=f"{OWN} OR {GONE}",
        ),
        RowSecurity(
            "messaging_contactpolicy",
            seen=f"{OWN} OR {HAND} OR {GONE}",
            written=OWN,
            removed=f"{OWN} OR {GONE}",
        ),
        EventLog(
            "messaging_event",
            "messaging_conversation",
            "conversation_id",
            [
                "id",
                "created_at",
                "conversation_id",
                "kind",
                "handle_id",
                "client_id",
                "thread_root",
                "target",
                "language",
                "data",
            ],
        ),
        # Who may take part is asked of the live rows: by the hub for all whom a hint concerns, by
        # the messenger to bring in and take out. Neither writes them.
        PostgresSql(
            forward=[
                "CREATE POLICY seen_by_messenger ON network_organization FOR SELECT "
                f"USING ({purpose_in('hub', 'messenger')})",
                "CREATE POLICY seen_by_messenger ON network_membership FOR SELECT "
                f"USING ({purpose_in('hub', 'messenger')})",
                "CREATE POLICY seen_by_hub ON network_person FOR SELECT "
                f"USING ({purpose_in('hub')})",
            ],
            backward=[
                "DROP POLICY seen_by_hub ON network_person",
                "DROP POLICY seen_by_messenger ON network_membership",
                "DROP POLICY seen_by_messenger ON network_organization",
            ],
        ),
    ]
