"""Several workers write a mail about messages once."""

from frontend.telling.letters import summons
from messaging.actions.telling import tell_people
from network.tenancy import acting
from tests.cast import make_cast
from tests.messaging.talking import OPERATOR, channel, say
from tests.messaging.told import DIGEST, NEVER, choose, everybody_at_once, later, mails
from tests.several import at_once


def test_several_workers_write_it_once(committed):
    with acting(OPERATOR) as operator:
        cast = make_cast(operator)
    conversation = channel(cast)
    everybody_at_once(cast.actor("chiara"))
    choose(cast.actor("omar"), NEVER)
    choose(cast.actor("amara"), NEVER)
    say(cast.actor("omar"), conversation, f"@{cast.b.slug}")
    moment = later(11)
    found = at_once([lambda: tell_people(DIGEST, compose=summons, now=moment)] * 4)
    assert sorted(found) == [0, 0, 0, 1]
    assert list(mails()) == ["chiara@example.org"]
