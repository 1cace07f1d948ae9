"""The OpenAPI 3.1 document of everything that the API answers."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

import orjson
import yaml
from drf_spectacular.generators import SchemaGenerator

from api.hsds.operations.common import OPEN_REFERRAL
from api.hsds.schemas import base, locations, services, terms
from api.hsds.schemas import organizations as hsds_organizations
from api.v1.operations.anybody import OPEN, WAYS_IN
from api.v1.operations.conversations import CONVERSATIONS
from api.v1.operations.me import OWN
from api.v1.operations.tenant import SCOPES
from api.v1.schemas import (
    access,
    applications,
    attachments,
    coalitions,
    common,
    conversation_search,
    conversations,
    countries,
    facilities,
    files,
    me,
    members,
    mentoring,
    message_reports,
    organizations,
    own_programs,
    programs,
    realtime,
    stated,
    tokens,
    vouches,
    ways_in,
)
from api.v1.schemas import (
    map as map_schemas,
)
from api.v1.schemas.shapes import Schema
from api.v1.schemas.vocabularies import vocabulary_schemas

ABOUT = """\
Groups that visit people held in immigration detention, the places of detention, and who may visit
them. What is told here is public: no key is needed, and pages of every origin may ask. What
belongs to one organization needs a token, and is answered to nobody else.

- Public answers carry an `ETag` and may be kept for half a minute; ask with `If-None-Match` after
  that.
- `HEAD` answers as `GET` does, without a body. A method that is not named is answered with 405.
- An empty parameter asks nothing. One that is not known is refused with 400.
- Errors are problem details of RFC 9457, `application/problem+json`.
- A list has pages: follow `next` until it is null. The address is opaque. Lists of HSDS are
  numbered instead.
- Times are in UTC, points in degrees of WGS 84, distances in kilometres.
"""
ABOUT_HSDS = """\
The same programs and organizations as Open Referral HSDS 3.1, for sites that
know nothing but that.

- A list has numbered pages: ask for the next `page` until `last_page` is true.
- What is not known is left out: there is no null.
- Every address takes a slash at its end too.
"""
ABOUT_OWN = """\
What belongs to one organization. Send a token: `Authorization: Bearer vnt_...`. It acts for one
person in one organization, and may do what its scopes and that person's role both allow.

- Bodies are JSON objects in UTF-8, of 64 KiB at most. A field that is not known is refused.
- What can be changed has an `ETag`. Send it as `If-Match` with a change; without it the answer is
  428, and 409 with what it says now where somebody else was faster.
- A POST with an `Idempotency-Key` can be sent again without being done again, for 24 hours.
- `RateLimit` says how many requests are left and for how long; after that the answer is 429.
- Every answer is `no-store`, and no page of another origin may read it.
"""
ABOUT_WAYS_IN = """\
What somebody without an account can send. Nothing that these answer tells whether somebody has
one. All else of the ways in belongs to a group, and is under "Your organization".

- Bodies are JSON objects in UTF-8, of 64 KiB at most. A field that is not known is refused.
- What can be done too often is counted for a day, together with the pages of this site: after
  that the answer is 429.
- What a body says wrong is told by field, in the language of `Accept-Language`.
- No page of another origin may send these.
"""
ABOUT_CONVERSATIONS = """\
Conversations of one person for one organization, both those of the token: what the person has for
another organization needs a token of that one. No session opens any of it, but for a ticket of
the socket, by which the pages of this site see what is new at once. To people of other
organizations everybody is a handle of that conversation, never a person.

- A conversation is a log of events, numbered from 1 without a gap: read `events/` on from the last
  number that you have, and send with a `client_id` of your own.
- You see what was said from when you came in to when you left, at every address.
- A conversation that you have no part in, and one that there is not, are the same 404.
"""
TAGS = [
    {"name": "Start", "description": "What there is, and this document."},
    {"name": "Programs", "description": "Groups that visit, and what they offer."},
    {"name": "Map", "description": "Programs and places as symbols of a map."},
    {"name": "Facilities", "description": "Places of detention, and who may visit there."},
    {"name": "Countries", "description": "Who may visit in a country, in law and in practice."},
    {"name": "Organizations", "description": "The organizations behind the programs."},
    {"name": OPEN_REFERRAL, "description": ABOUT_HSDS},
    {"name": WAYS_IN, "description": ABOUT_WAYS_IN},
    {"name": OWN, "description": ABOUT_OWN},
    {"name": CONVERSATIONS, "description": ABOUT_CONVERSATIONS},
]
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token from the desk of an organization, or from its operator. The words "
    "beside it are scopes: the token must have them.",
}
_making = Lock()


class _Plain(yaml.SafeDumper):
    """YAML that says the same again where it is meant again, instead of pointing back."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def document() -> dict[str, Any]:
    """The document, made when it is first asked for; not to be changed by whoever gets it."""
    with _making:
        return _document()


def document_bytes(form: str) -> bytes:
    """The document as `json` or `yaml`; the same bytes in every process of one version."""
    with _making:
        return _as_yaml() if form == "yaml" else _as_json()


def named_schemas() -> dict[str, Schema]:
    """Every schema that has a name, in the order of their names."""
    resources = (common, programs, facilities, access, countries, organizations, map_schemas)
    of_one = (
        *(applications, attachments, coalitions, conversation_search, conversations, files, me),
        *(members, mentoring, message_reports, own_programs, realtime),
        stated,
    )
    of_groups = (tokens, vouches, ways_in)
    of_hsds = (base, services, hsds_organizations, locations, terms)
    found = vocabulary_schemas()
    for resource in (*resources, *of_one, *of_groups, *of_hsds):
        found |= resource.SCHEMAS
    return dict(sorted(found.items()))


def complete(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """The generated document with what stands beside its operations; a hook of drf-spectacular."""
    result["info"]["description"] = ABOUT
    result["tags"] = TAGS
    result["security"] = []
    result["components"]["schemas"] = named_schemas()
    result["components"]["securitySchemes"] = {"bearer": BEARER}
    for operations in result["paths"].values():
        for operation in operations.values():
            if SCOPES in operation:
                operation["security"] = [{"bearer": operation.pop(SCOPES)}]
            if operation.pop(OPEN, False):
                operation.setdefault("security", []).append({})
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query" and not parameter.get("required"):
                    parameter["allowEmptyValue"] = True
    return result


@cache
def _document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


@cache
def _as_json() -> bytes:
    return orjson.dumps(_document(), option=orjson.OPT_INDENT_2)


@cache
def _as_yaml() -> bytes:
    text = yaml.dump(_document(), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=99)
    return text.encode()
