import pytest

from network.project.places import (
    SPARE,
    SPARE_FROM_ADDRESS,
    Limits,
    Place,
    Places,
    is_nearby,
)

READER, NEIGHBOUR = "1.2.3.4", "1.2.3.5"


def filled(places, host, count):
    """The places that so many connections from there get."""
    taken = []
    for _ in range(count):
        if (place := places.place_for(host)) is not None:
            places.take(place)
            taken.append(place)
    return taken


def kinds(taken):
    """How many are ordinary, and how many spare."""
    spare = sum(place.is_spare for place in taken)
    return len(taken) - spare, spare


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.17.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "fe80::1%eth0",
    ],
)
def test_a_proxy_of_this_machine_or_network_is_not_capped(host):
    assert is_nearby(host)
    assert kinds(filled(Places(Limits()), host, 500)) == (500, 0)


@pytest.mark.parametrize("host", [READER, "::ffff:1.2.3.4", "2a00::1", "172.32.0.1"])
def test_a_reader_is_capped(host):
    assert not is_nearby(host)
    places = Places(Limits())
    assert kinds(filled(places, host, 500)) == (32, SPARE_FROM_ADDRESS)
    assert kinds(filled(places, NEIGHBOUR, 500)) == (32, SPARE_FROM_ADDRESS)


def test_without_a_cap_one_address_may_take_all():
    assert kinds(filled(Places(Limits(per_address=0)), READER, 1000))[0] == 512


def test_what_one_customer_has_of_ipv6_counts_as_one():
    places = Places(Limits(per_address=2))
    filled(places, "2a00:0:0:1::1", 1)
    filled(places, "2a00:0:0:1:ffff::2", 1)
    assert places.place_for("2a00:0:0:1::3").is_spare
    assert not places.place_for("2a00:0:0:2::1").is_spare


def test_an_old_address_written_the_new_way_is_the_same():
    places = Places(Limits(per_address=1))
    filled(places, READER, 1)
    assert places.place_for(f"::ffff:{READER}").is_spare


def test_readers_leave_half_of_what_is_spare_to_those_who_watch_the_node():
    places = Places(Limits(connections=3))
    crowd = [
        place
        for number in range(50)
        for place in filled(places, f"1.2.3.{number}", SPARE_FROM_ADDRESS)
    ]
    assert kinds(crowd) == (3, SPARE // 2)
    assert places.place_for("1.2.4.1") is None
    assert kinds(filled(places, "127.0.0.1", 1000)) == (0, SPARE - SPARE // 2)


def test_who_has_left_is_forgotten():
    places = Places(Limits(connections=3))
    taken = [
        *filled(places, READER, 5),
        *filled(places, "127.0.0.1", 5),
        *filled(places, "2a00::1", 5),
    ]
    assert any(place.source for place in taken)
    for place in taken:
        places.leave(place)
    assert places == Places(Limits(connections=3))


def test_a_connection_without_an_address_is_not_counted_by_it():
    assert Places(Limits()).place_for(None) == Place(None, is_spare=False)
