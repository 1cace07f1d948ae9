"""What a group may keep to itself, each field with values that stand nowhere else.

A new field in `WITHHOLDABLE` needs a row in `CANARIES`; a new column of a program needs one here
or a word in `test_surfaces.py` on why it is never kept back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from api.hsds.serializers.terms import TAXONOMY_ID, TERM_IDS
from directory.enums import Service
from directory.models import ProgramFacility, ProgramText

Question = dict[str, str]
TAXONOMY, COURT_SUPPORT = str(TAXONOMY_ID), str(TERM_IDS[Service.COURT_SUPPORT])
TEXT_LANGUAGES = ("ar", "en", "fr")
# Where other rows are that say the same; see `world.py`.
TWIN_TOWN, TWIN_POINT = "Myeik", (12.4, 98.6)


@dataclass(frozen=True)
class Canary:
    """One field that can be withheld.

    `values` are columns of the program, `texts` columns of its texts, `visits` names of places
    with the name of a facility of the world or nothing. `twin` and `twin_visits` are what another
    row has as well, and another number of it. `words` are patterns that may be read nowhere while
    the field is withheld, `finds` questions that find the program while it is not, `tries`
    questions that are asked as well and find nothing. `beside` are addresses that name the program
    because of this field.
    """

    values: dict[str, Any] = field(default_factory=dict)
    twin: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    visits: tuple[tuple[str, str], ...] = ()
    twin_visits: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    finds: tuple[Question, ...] = ()
    tries: tuple[Question, ...] = ()
    beside: tuple[str, ...] = ()


def text_canary(column: str, stem: str, arabic: str) -> Canary:
    """Canaries in the texts of three languages, and the words that find each of them."""
    accented = f"{stem}élan"
    return Canary(
        texts={column: {"en": f"We are {stem}latin.", "fr": f"Nous {accented}.", "ar": arabic}},
        words=(f"{stem}latin", accented, arabic),
        finds=(
            {"q": f"{stem}lat"},  # as somebody types
            {"q": f"{stem}latim"},  # with a wrong letter
            {"q": arabic},
            {"q": f"{stem}latin"},
            {"q": f"{stem}elan"},  # without the accent
        ),
    )


CANARIES: dict[str, Canary] = {
    "capacity": Canary(
        values={"capacity": {"volunteers": True, "languages": ["agq"], "note": "zqcapacity"}},
        twin={"capacity": {"volunteers": False, "note": "No room"}},
        words=("zqcapacity", r"\bagq\b", "aghem"),
        tries=({"q": "zqcapacity"}, {"language": "agq"}),
    ),
    "contact": Canary(
        values={
            "contact": {
                "email": "zqmail+desk@zqpost.example",
                "phone": "+999 111 222 3334",
                "hours": "zqhours Tue",
                "note": "zqcontactnote",
            }
        },
        twin={"contact": {"email": "desk@twin.example", "phone": "+95 1 234"}},
        words=("zqmail", "zqpost", "111 222 3334", "1112223334", "zqhours", "zqcontactnote"),
        tries=({"q": "zqmail"}, {"q": "zqcontactnote"}, {"q": "9991112223334"}),
    ),
    "descriptions": text_canary("description", "zqdesc", "ظقخوصفنا"),
    "facilities": Canary(
        visits=(("Zqvisit Dockhouse", "facility"), ("Zqvisit Kawthaung Annex", "")),
        twin_visits=(("Harbour Centre", "facility"), ("Old Jail", ""), ("New Jail", "")),
        words=("zqvisit", "kawthaung annex"),
        finds=(
            {"facility": "{facility}"},
            {"q": "zqvis"},
            {"q": "zqvisot"},
            {"q": "zqvisit dockhouse"},
            {"q": "annex"},
        ),
        beside=(
            "/facilities/{facility}/",
            "/ar/facilities/{facility}/",
            "/facilities/{named_place}/",
            "/api/v1/facilities/{facility}/",
        ),
    ),
    "how_to_be_visited": text_canary("how_to_be_visited", "zqhelp", "ظقخزيارة"),
    "how_to_join": text_canary("how_to_join", "zqjoin", "ظقخانضم"),
    "languages": Canary(
        # The first of them has a name of its own: while it shows, so does that name.
        values={"languages": ["fr", "khq"]},
        twin={"languages": ["en", "my", "th"]},
        words=(r"\bkhq\b", "koyra chiini", "كويرا تشيني"),
        finds=({"language": "khq"}, {"language": "fr"}, {"q": "koyra chiini"}),
        tries=({"language": "en"},),
    ),
    "point": Canary(
        values={
            "locality": "Zqtown-sur-Mer",
            "admin1": "Zqprovince",
            "latitude": 12.3456789,
            "longitude": 98.7654321,
            "precision": "grid",
        },
        twin={
            "locality": TWIN_TOWN,
            "admin1": "",
            "latitude": TWIN_POINT[0],
            "longitude": TWIN_POINT[1],
            "precision": "locality",
        },
        words=("zqtown", "zqprovince", r"12\.3[45]\d*", r"98\.7[67]\d*"),
        finds=(
            {"bbox": "98.7,12.3,98.8,12.4"},
            {"near": "Zqtown-sur-Mer"},
            {"bbox": "98.7,12.3,98.8,12.4", "zoom": "12"},
            {"q": "zqtow"},
            {"near": "12.3456789,98.7654321"},
            {"near": "12.3,98.8", "radius_km": "20"},
            {"country": "MM", "near": "Zqtown sur Mer"},
            {"q": "zqtown"},
            {"q": "zqtowm"},
            {"q": "zqprovince"},
        ),
        # Where many are one symbol, only their number tells.
        tries=({"bbox": "98.7,12.3,98.8,12.4", "zoom": "0"},),
        beside=("/programs/{neighbour}/", "/fr/programs/{neighbour}/"),
    ),
    "services": Canary(
        values={"services": ["court_support"]},
        twin={"services": ["visits", "letters", "phone"]},
        words=("court_support", "support in court"),
        finds=(
            {"service": "court_support"},
            {"taxonomy_term_id": COURT_SUPPORT, "full": "true"},
            {"q": "support in court"},
        ),
        tries=({"q": "court_support"},),
    ),
    "summaries": text_canary("summary", "zqsum", "ظقخخلاصة"),
    "website": Canary(
        values={"website": "https://www.zqwéb.example/zqpâth?zq=kept"},
        twin={"website": "https://twin.example/"},
        words=("zqwéb", "zqpâth", "zq=kept"),
        tries=({"q": "zqwéb"}, {"q": "zqpâth"}),
    ),
}
VARIANTS = ("canary", "twin", "empty")
_EMPTY: dict[str, Any] = {
    "capacity": {},
    "contact": {},
    "languages": [],
    "services": [],
    "website": "",
    "locality": "",
    "admin1": "",
    "latitude": None,
    "longitude": None,
    "precision": "country",
}


def fill(program: Any, name: str, variant: str, facilities: dict[str, Any]) -> None:
    """Give one field of a working copy its canary, what another row has, or nothing."""
    canary = CANARIES[name]
    values = canary.values if variant == "canary" else canary.twin
    for column in canary.values:
        setattr(program, column, _EMPTY[column] if variant == "empty" else values[column])
    program.save()
    if canary.texts:
        _fill_texts(program, canary, variant)
    if canary.visits:
        visits = {"canary": canary.visits, "twin": canary.twin_visits}.get(variant, ())
        program.visits.all().delete()
        for words, place in visits:
            ProgramFacility.objects.create(
                organization=program.organization,
                program=program,
                name=words,
                facility=facilities.get(place),
            )


def _fill_texts(program: Any, canary: Canary, variant: str) -> None:
    for column, by_language in canary.texts.items():
        for language, text in by_language.items():
            # What the neighbour says, in each language; see `world.py`.
            said = {"canary": text, "twin": f"Twin words {language}", "empty": ""}[variant]
            rows = ProgramText.objects.filter(program=program, language=language)
            assert rows.update(**{column: said}) == 1
