"""Cases that schemathesis makes from the document, and what is held against each answer."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import schemathesis
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources

# The plugin's own decorator needs an older pytest; this is what it calls.
from schemathesis.pytest._test_builder import build_operation_test

from api.hsds.serializers.terms import TAXONOMY_ID
from api.v1.document import document
from api.v1.filters.parameters import WordsField
from tests.api.every_kind import BARE, FAR, FRIENDS, FULL, LONG_AGO, TERM
from tests.depth import IS_DEEP

SEED = 2026
PLAIN = {"Accept-Encoding": "identity"}
# Parameters of lists depend on each other (a radius needs a place, a cursor its list), which a
# schema cannot say: there 400 may be right for what looks well formed.
DEPENDENT = (
    "listPrograms",
    "getMap",
    "listFacilities",
    "listCountries",
    "listOrganizations",
)
# The versions that rows have.
VERSIONS = {"If-Match": ('"1"', '"2"')}
# What no strategy would hit on, put into half of the well formed cases.
REAL: dict[str, tuple[str, ...]] = {
    "bbox": ("-180,-85,180,85", "0,40,10,50", "170,-20,-170,20", "6.1,45.9,6.1,45.9"),
    "near": ("45.9,6.1", "-90,180", "0, 0", "91,0"),
    "q": ("visitors", "visiteurs centre", "Lakside", "مركز"),
    "organization": ("friends",),
    "coalition": ("union",),
    "facility": ("centre",),
    "search": ("visitors", "visiteurs centre", "Lakside", "مركز"),
    "taxonomy_id": (TAXONOMY_ID,),
    "taxonomy_term_id": (TERM,),
    "organization_id": (FRIENDS, BARE),
    "modified_after": (LONG_AGO, "2026-05-01T02:00:00+02:00"),
    "If-None-Match": ("*",),
}
# The same for paths, by operations, and into three of four.
ROWS: dict[str, tuple[str, ...]] = {
    "getProgram": ("full", "far--node.example.org", "gone"),
    "getFacility": ("centre", "duplicate", "bare"),
    "getFacilityAccess": ("centre", "duplicate", "bare"),
    "getCountry": ("FR", "gb"),
    "getOrganization": ("friends",),
    "getHsdsService": (FULL, BARE, FAR),
    "getHsdsServiceAtLocation": (FULL, BARE, FAR),
    "getHsdsOrganization": (FRIENDS, BARE, FAR),
    "getHsdsTaxonomy": (TAXONOMY_ID,),
    "getHsdsTaxonomyTerm": (TERM,),
}
load_all_checks()


def operations(
    *, cases: int, app: Any = None, kind: str = "public"
) -> dict[str, schemathesis.APIOperation]:
    """Every operation by its id, to be asked of `app` or, without one, of a served site.

    Those of one `kind`, see `kind_of`. `cases` is how many are drawn for each beside those of the
    edges, which are as many as there are. The same cases in every run.
    """
    config = SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "suppress-health-check": ["all"],
            "generation": {"deterministic": True, "max-examples": cases, "mode": "all"},
            "phases": {"stateful": {"enabled": False}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", 301, 304, 404, 409]},
                # There is no time that an answer must keep here.
                "max_response_time": 30,
            },
        }
    )
    schema = schemathesis.openapi.from_dict(document(), config=config)
    schema.app = app
    found = (one.ok() for one in schema.get_all_operations())
    return {
        one.definition.raw["operationId"]: one
        for one in found
        if kind_of(one.definition.raw) == kind
    }


def kind_of(operation: Mapping[str, Any]) -> str:
    """Whether an operation is `public`, is `anybody`'s to send, or is `opened` by a token."""
    schemes = operation.get("security", ())
    if not schemes:
        return "public"
    return "anybody" if {} in schemes else "opened"


def play(
    operation: schemathesis.APIOperation, met: Counter[int], *, longest: int = 0, **call: Any
) -> None:
    """Ask every case and hold every check against the answer.

    How often each status came is counted in `met`; `call` is passed on with each request. Where
    `longest` is given, longer query strings are left out.

    Raises:
        FailureGroup: an answer is not as the document says; with the command that shows it.
    """
    name = operation.definition.raw["operationId"]
    dependent = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]

    def check(case: schemathesis.Case) -> None:
        _make_real(case, ROWS.get(name, ()))
        if longest and len(urlencode(case.query or {}, doseq=True)) > longest:
            return
        response = case.call(headers=PLAIN, **call)
        met[response.status_code] += 1
        excluded = dependent if name in DEPENDENT or _are_refused(case.query) else []
        case.validate_response(response, excluded_checks=excluded)

    _run(operation, check)


@dataclass(frozen=True)
class Identity:
    """Somebody with a token: how their requests are made, and what they must never read.

    `places` are values for the parameters of paths, of their own organization and of others;
    `bodies` what is sent where it is accepted. Both by the name of the operation.
    """

    text: str
    places: Mapping[str, Mapping[str, tuple[str, ...]]]
    bodies: Mapping[str, tuple[Any, ...]]
    never: tuple[str, ...]


def play_opened(
    operation: schemathesis.APIOperation, met: Counter[int], identities: Sequence[Identity]
) -> None:
    """Ask every case that is well formed as each identity, and hold every check against answers.

    What is not well formed is asked as one of them in turn, in the long proofs as each.

    Raises:
        FailureGroup: an answer is not as the document says; with the command that shows it.
        AssertionError: somebody reads what is another organization's.
    """
    name = operation.definition.raw["operationId"]
    in_turn = cycle(identities)
    # What a rule of the product refuses, no schema can say: what is accepted stands in
    # `every_opened`. And the token is a real one, which the check of made up ones does not see.
    # A missing `If-Match` is 428 (RFC 6585), which the check of headers does not take for a no.
    excluded = [
        schemathesis.checks.CHECKS.get_one(one)
        for one in ("positive_data_acceptance", "ignored_auth", "missing_required_header")
    ]

    def check(case: schemathesis.Case) -> None:
        drawn = dict(case.path_parameters)
        is_positive = case.meta is not None and case.meta.generation.mode.is_positive
        asking = identities if is_positive or IS_DEEP else [next(in_turn)]
        for one in asking:
            case.path_parameters.clear()
            case.path_parameters.update(drawn)
            if is_positive:
                _put(case.path_parameters, dict(one.places.get(name, {})), 8)
                _put(case.headers, VERSIONS, 8)
                bodies, throw = one.bodies.get(name, ()), _throw("body", case.body)
                if bodies and throw % 2:
                    case.body = bodies[throw // 2 % len(bodies)]
            response = case.call(headers={**PLAIN, "Authorization": f"Bearer {one.text}"})
            met[response.status_code] += 1
            case.validate_response(response, excluded_checks=excluded)
            said = response.content.decode(errors="replace") + str(response.headers)
            assert not [word for word in one.never if word in said], (name, case)

    _run(operation, check)


def _run(operation: schemathesis.APIOperation, check: Callable[[Any], None]) -> None:
    """Give every case to `check`."""
    build_operation_test(
        config=operation.schema.config,
        operation=operation,
        test_func=check,
        given_kwargs={},
        feedback=FeedbackSources(),
    )()


def _are_refused(query: dict[str, Any] | None) -> bool:
    """Whether words are only spaces or hold control characters: their schema is any text."""
    try:
        WordsField().run_validation((query or {}).get("search") or "x")
    except (serializers.ValidationError, DjangoValidationError):
        return True
    return False


def _make_real(case: schemathesis.Case, rows: tuple[str, ...]) -> None:
    """Put what exists into many of the cases that are meant to be well formed."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if rows:
        _put(case.path_parameters, dict.fromkeys(case.path_parameters, rows), 4)
    for values in (case.query, case.headers):
        _put(values, REAL, 2)
    if _throw("query", case.query) % 2:
        _make_fit(case.query)


def _put(values: dict[str, Any] | None, real: dict[str, tuple[str, ...]], one_in: int) -> None:
    """Put what exists in the place of what was drawn, but for one in as many."""
    for name in set(values or ()) & set(real):
        throw = _throw(name, values[name])
        if real[name] and throw % one_in:
            values[name] = real[name][throw // one_in % len(real[name])]


def _make_fit(query: dict[str, Any]) -> None:
    """Leave out, or add, what a list refuses in each other's company."""
    query.pop("cursor", None)
    if query.get("format", "json") != "json":
        query.pop("page_size", None)
        query.pop("ordering", None)
    if "updated_after" in query:
        for name in ("near", "radius_km", "ordering"):
            query.pop(name, None)
    if "radius_km" in query:
        query["near"] = "45.9,6.1"
    if "near" in query:
        query.pop("ordering", None)


def _throw(*values: Any) -> int:
    """A number that looks drawn, and is the same in every run."""
    return zlib.crc32(repr(values).encode(errors="replace"))
