import datetime as dt

import pytest

from directory.actions.revisions import change_revision
from directory.models import Listing
from directory.queries.boxes import WORLD, box_from
from directory.queries.listing_filters import ListingFilter, listings_matching
from directory.queries.map_features import view_of
from directory.queries.map_pyramid import Layer, Pyramid, pyramid_of
from directory.queries.map_spots import listing_spots
from directory.queries.revisions import directory_revision
from network.tenancy import Purpose, acting, system
from tests.factories import make_country, make_facility, make_listing

TODAY = dt.date(2026, 11, 21)
pytestmark = pytest.mark.django_db


def at(latitude, longitude, **values):
    return make_listing(latitude=latitude, longitude=longitude, **values)


def view(zoom=6, box=WORLD, layer=Layer.PROGRAMS, most=100):
    return view_of(pyramid_of(layer, ""), layer, box, zoom, TODAY, most)


def test_an_empty_directory_is_an_empty_map():
    assert len(view()) == 0


def test_one_alone_has_its_name_and_several_have_their_number():
    at(45.76, 4.83, slug="lyon-1", locality="Lyon")
    at(45.76, 4.83, slug="lyon-2", locality="Lyon")
    at(48.2, 16.37, slug="wien", name="Schubhaftgruppe", name_language="de", locality="Wien")
    found = view()
    assert [(one.count, one.locality) for one in found.clusters] == [(2, "Lyon")]
    (single,) = found.singles
    assert (single.slug, single.name, single.language) == ("wien", "Schubhaftgruppe", "de")
    assert (single.status, single.freshness) == ("active", "unknown")


def test_what_is_withheld_is_nowhere_and_what_has_no_town_is_in_its_country():
    france = make_country("FR", latitude=46.0, longitude=2.0)
    make_listing(slug="withheld", precision="withheld", locality="", country=france)
    make_listing(slug="vague", precision="country", locality="", country=france)
    (single,) = view().singles
    assert single.slug == "vague"
    assert single.cluster.precision == "country"
    assert (single.cluster.latitude, single.cluster.longitude) == (46.0, 2.0)
    make_listing(slug="vague-2", precision="country", locality="", country=france)
    (cluster,) = view().clusters
    assert (cluster.count, cluster.country, cluster.precision) == (2, "FR", "country")


def test_no_point_is_made_up_for_a_country_without_a_middle():
    make_listing(precision="country", country=make_country("PY"))
    assert len(view()) == 0


def test_a_listing_of_a_country_has_no_point_even_where_a_row_carries_one():
    at(46.0, 2.0, precision="country", country=make_country("FR"))
    at(46.5, 2.5, precision="withheld")
    assert len(view()) == 0


def test_never_more_symbols_than_asked_for_and_none_left_out():
    for number in range(60):
        at(-40 + number, -150 + number * 5, slug=f"row-{number}")
    for most in (2, 7, 30, 100):
        found = view(zoom=6, most=most)
        assert len(found) <= most
        shown = sum(one.count for one in found.clusters) + len(found.singles)
        assert shown == 60


def test_a_box_shows_only_what_is_in_it():
    at(45.76, 4.83, slug="lyon")
    at(-18.1, 178.4, slug="suva")
    at(-13.8, -171.8, slug="apia")
    across = view(box=box_from("170,-30,-170,0"))
    assert {single.slug for single in across.singles} == {"suva", "apia"}


def test_places_are_a_layer_of_their_own_and_duplicates_are_not_shown():
    place = make_facility(slug="centre", name="Centre", latitude=45.7, longitude=5.1)
    make_facility(slug="again", latitude=45.7, longitude=5.1, merged_into=place)
    at(48.2, 16.37)
    (single,) = view(layer=Layer.FACILITIES).singles
    assert (single.slug, single.name, single.freshness) == ("centre", "Centre", "")


def test_filters_hold_on_the_map():
    at(45.76, 4.83, slug="lyon", status="closed")
    at(48.2, 16.37, slug="wien", facilities=[make_facility(), make_facility()])
    wanted = ListingFilter(status="active", box=box_from("0,40,20,60"))
    spots = listing_spots(listings_matching(wanted, TODAY))
    assert [(one.slug, one.count) for one in spots] == [("wien", 1)]


def test_kept_while_the_directory_is_the_same_and_reckoned_anew_when_it_changed(
    django_assert_num_queries,
):
    at(45.76, 4.83, slug="lyon")
    change_revision()
    mark = directory_revision()
    with django_assert_num_queries(2):
        first = pyramid_of(Layer.PROGRAMS, mark)
    with django_assert_num_queries(0):
        assert pyramid_of(Layer.PROGRAMS, mark) is first
    at(48.2, 16.37, slug="wien")
    change_revision()
    assert directory_revision() != mark
    assert len(pyramid_of(Layer.PROGRAMS, directory_revision()).spots) == 2


def test_one_gone_between_two_questions_is_simply_not_named():
    at(45.76, 4.83, slug="lyon")
    pyramid = Pyramid(listing_spots(Listing.objects.all()))
    assert len(view_of(pyramid, Layer.PROGRAMS, WORLD, 3, TODAY).singles) == 1
    with acting(system(Purpose.IMPORT)):
        Listing.objects.filter(slug="lyon").delete()
    assert len(view_of(pyramid, Layer.PROGRAMS, WORLD, 3, TODAY)) == 0
