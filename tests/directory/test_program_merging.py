"""Two people changed one program: nothing of either is lost without being told."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.queries.merging import merge

TEXTS = st.dictionaries(st.sampled_from(["en", "fr", "ar"]), st.sampled_from("abc"), max_size=3)
PLACES = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["GB", "FR"]),
        "region": st.just(""),
        "locality": st.sampled_from(["", "Town"]),
        "point": st.sampled_from([None, {"lat": 1.0, "lon": 2.0}]),
        "precision": st.just("grid"),
    }
)
SNAPSHOTS = st.builds(
    lambda names, joins, contact, services, status, place: {
        "names": names,
        "how_to_join": joins,
        "contact": contact,
        "services": services,
        "status": status,
        **place,
    },
    TEXTS,
    TEXTS,
    st.dictionaries(st.sampled_from(["phone", "email"]), st.sampled_from("12")),
    st.lists(st.sampled_from(["visits", "phone"]), max_size=2),
    st.sampled_from(["active", "paused"]),
    PLACES,
)


@settings(max_examples=300, deadline=None)
@given(SNAPSHOTS, SNAPSHOTS)
def test_where_only_one_side_changed_its_side_stands(base, changed):
    assert merge(base, changed, base).values == changed
    assert merge(base, base, changed).values == changed
    assert merge(base, changed, changed).values == changed
    for mine, theirs in ((changed, base), (base, changed), (changed, changed)):
        assert not merge(base, mine, theirs).conflicts


@settings(max_examples=300, deadline=None)
@given(SNAPSHOTS, SNAPSHOTS, SNAPSHOTS)
def test_what_both_changed_is_told_and_theirs_stands(base, mine, theirs):
    before = copy.deepcopy((base, mine, theirs))
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert (base, mine, theirs) == before
    where = [(conflict.field, conflict.key) for conflict in one.conflicts]
    assert where == [(conflict.field, conflict.key) for conflict in other.conflicts]
    for name in ("names", "how_to_join", "contact"):
        for key in {*mine[name], *theirs[name], *base[name]}:
            sides = [side[name].get(key) for side in (base, mine, theirs)]
            found = one.values[name].get(key)
            if (name, key) in where:
                assert len({str(side) for side in sides}) == 3
                assert found == sides[2]
            else:
                # Nobody's change is lost: what is there is what one of them changed it to.
                assert found == (sides[1] if sides[2] == sides[0] else sides[2])


def test_fields_that_i_did_not_send_stay_theirs():
    base = {"names": {"en": "a"}, "status": "active", "website": ""}
    theirs = {**base, "website": "https://their.example"}
    merged = merge(base, {"status": "paused"}, theirs)
    assert merged.values == {**theirs, "status": "paused"}


def test_the_parts_of_a_place_belong_together():
    base = dict.fromkeys(("country", "region", "locality", "point", "precision"), "")
    merged = merge(base, {"locality": "Ours"}, {**base, "country": "FR"})
    assert [conflict.field for conflict in merged.conflicts] == ["place"]
    assert merged.values["locality"] == ""


def test_without_a_base_whatever_differs_is_told():
    merged = merge({}, {"names": {"en": "mine", "fr": "new"}}, {"names": {"en": "theirs"}})
    assert [(c.field, c.key, c.base) for c in merged.conflicts] == [("names", "en", None)]
    assert merged.values["names"] == {"en": "theirs", "fr": "new"}
