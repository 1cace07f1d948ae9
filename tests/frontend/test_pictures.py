"""Drawn pictures: signed, the same for every language, bounded, and never drawn for strangers."""

import io

import pytest
from django.core import signing
from PIL import Image

from frontend import pictures
from frontend.atlas.plates import View
from frontend.pictures import plate_picture, signer, world_picture

VIEW = View(3, 900, 500, 320, 240)
POINTS = [(4.83, 45.76, "number", "2 5"), (16.37, 48.2, "program", "")]


def opened(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


def test_a_plate_by_day_and_by_lamp(client):
    picture = plate_picture(VIEW, POINTS, highlight="FR")
    light, dark = client.get(picture.light), client.get(picture.dark)
    assert opened(light).size == opened(dark).size == (320, 240)
    assert light.content != dark.content
    assert (picture.width, picture.height) == (320, 240)
    assert light["Cache-Control"] == "public, max-age=604800"
    assert "Vary" not in light
    assert not light.cookies


def test_a_picture_for_phones_is_twice_as_fine(client):
    picture = plate_picture(VIEW, POINTS, scale=2)
    assert (picture.width, picture.height) == (160, 120)
    assert opened(client.get(picture.light)).size == (320, 240)


def test_the_same_picture_has_the_same_address_and_needs_no_database(client):
    assert plate_picture(VIEW, POINTS) == plate_picture(VIEW, POINTS)
    assert plate_picture(VIEW, POINTS) != plate_picture(VIEW, POINTS[:1])
    # No mark of a database on this test: a question would fail it.
    assert client.get(plate_picture(VIEW, POINTS).light).status_code == 200


def test_the_world(client):
    size = (1280, 531)
    picture = world_picture([(2.35, 48.85, "cluster", "12")], [], size, wide=True)
    assert opened(client.get(picture.light)).width == 1280


def _stranger(spec):
    return signing.Signer(key="another", salt=pictures.SALT).sign_object(spec)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "..",
        ":" * 50,
        "a" * 7000,
        "%00",
        "\u202e",
        _stranger({"v": [3, 0, 0, 256, 256, 1], "h": "", "m": []}),
        signing.dumps({"v": [3, 0, 0, 256, 256, 1], "h": "", "m": []}, salt="another"),
        signer.sign_object({"w": 1, "q": [], "m": []})[:-1] + "x",
    ],
)
def test_what_this_node_did_not_sign_is_not_drawn(client, token):
    answer = client.get("/map/picture/light.png", {"p": token})
    assert answer.status_code in (400, 404)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/map/picture/blue.png", "/ar/map/picture/light.png?p=x"])
def test_there_is_no_other_theme_and_no_language(client, path):
    assert client.get(path).status_code == 404


def test_what_is_kept_is_bounded(client):
    for number in range(30):
        picture = plate_picture(View(3, number, 0, 512, 512), POINTS)
        assert client.get(picture.light).status_code == 200
    assert pictures._kept.currsize <= pictures._kept.maxsize


@pytest.mark.parametrize("theme", ["", "dark/"])
def test_a_tile_is_the_same_for_everybody(client, theme):
    answer = client.get(f"/map/{theme}3/4/2.png")
    assert opened(answer).size == (256, 256)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=86400"
    again = client.get(f"/map/{theme}3/4/2.png", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


FOREIGN = [
    (7, 0, 0),
    (0, 1, 0),
    (0, 0, 1),
    (3, 8, 0),
    (3, 0, 8),
    (6, 64, 63),
    (99, 0, 0),
    (10**30, 0, 0),
    (0, 10**30, 0),
]


@pytest.mark.parametrize(("z", "x", "y"), FOREIGN)
@pytest.mark.parametrize("theme", ["", "dark/"])
def test_outside_of_the_grid_there_is_no_tile(client, theme, z, x, y):
    assert client.get(f"/map/{theme}{z}/{x}/{y}.png").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "-1/0/0",
        "0/-1/0",
        "1.0/0/0",
        "a/b/c",
        "0/0/0.5",
        "٣/0/0",
        "0x1/0/0",
        "%31/0",
        "0//0",
        "1e1/0/0",
    ],
)
def test_a_tile_has_whole_numbers(client, path):
    assert client.get(f"/map/{path}.png").status_code == 404


def test_only_reading(client):
    assert client.post("/map/3/4/2.png").status_code == 405
