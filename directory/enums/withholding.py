"""What a group may keep to itself, field by field.

Each name is a field of the public program; beside it, the columns of the listing that stay empty.
A name, a country, a status and the way of joining are what a listing is: without them there is
none, and a group that wants to hide them unpublishes.
"""

WITHHOLDABLE: dict[str, tuple[str, ...]] = {
    "capacity": ("capacity",),
    "contact": ("contact",),
    "descriptions": ("descriptions",),
    "facilities": (),
    "how_to_be_visited": ("how_to_be_visited",),
    "how_to_join": ("how_to_join",),
    "languages": ("languages",),
    "point": ("admin1", "locality", "latitude", "longitude"),
    "services": ("services",),
    "summaries": ("summaries",),
    "website": ("website",),
}
