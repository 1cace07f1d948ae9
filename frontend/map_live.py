"""What the moving map has to know, and what a part of the map holds in one sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Country
from directory.queries.map_pyramid import Layer, Pyramid
from frontend.atlas.store import version
from frontend.forms.map_form import MapForm
from frontend.map_page import Look, Window, box_of
from frontend.map_words import WORDS, words_for_scripts
from frontend.templatetags.atlas import comma
from frontend.templatetags.gazetteer import in_sentence


def summary(layers: Mapping[Layer, Pyramid], window: Window) -> str:
    """How much of each layer is in a window: "12 programs, 3 places of detention"."""
    box = box_of(window.view)
    said = []
    for layer, pyramid in layers.items():
        inside = sum(s.count for s in pyramid.spots if box.holds(s.latitude, s.longitude))
        said.append(WORDS[layer]["plain"](inside).format(number=inside))
    return comma().join(said)


def vague_in(pyramid: Pyramid, window: Window) -> int:
    """How many in a window name no town: a list of a part of the world does not hold them."""
    if not window.bbox:
        return 0
    box = box_of(window.view)
    return sum(
        spot.count
        for spot in pyramid.spots
        if spot.precision == "country" and box.holds(spot.latitude, spot.longitude)
    )


def live_data(
    form: MapForm,
    look: Look,
    layers: Mapping[Layer, Pyramid],
    countries: Mapping[str, Country],
) -> str:
    """What `map.js` is told, as JSON for an attribute: where to ask, where to look, all words."""
    vague = {
        spot.country
        for pyramid in layers.values()
        for spot in pyramid.spots
        if spot.precision == "country"
    }
    tiles = {"light": "/map/{z}/{x}/{y}.png", "dark": "/map/dark/{z}/{x}/{y}.png"}
    data = {
        "features": "/api/v1/map/",
        "filters": {layer.value: form.filters_of(layer) for layer in form.layers},
        "layers": [layer.value for layer in form.layers],
        "zoom": look.zoom,
        "at": [look.latitude, look.longitude],
        "tiles": {theme: f"{path}?v={version()}" for theme, path in tiles.items()},
        "pages": {layer.value: reverse(f"frontend:{layer.value}") for layer in Layer},
        "words": words_for_scripts(),
        "labels": {
            "closer": _("Closer"),
            "farther": _("Farther"),
            "comma": comma(),
            "nothing": _(
                "Nothing that we know of is in this part. Look farther away, or move on."
            ),
            "failed": _("The map could not be filled. Move it, or load the page again."),
            "vague": _("{name}, somewhere in {country}"),
            "place": _("{name}, place of detention"),
        },
        "countries": {
            code: in_sentence(countries[code]) for code in sorted(vague & set(countries))
        },
    }
    return json.dumps(data, ensure_ascii=False)
