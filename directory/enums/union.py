"""Member states of the European Union, their outermost regions, and whom Union law leaves out."""

# The 27 states of Article 52(1) of the Treaty on European Union as in force since the United
# Kingdom left on 31 January 2020; codes of ISO 3166-1 (Greece is GR there, EL in Union texts).
# https://european-union.europa.eu/principles-countries-history/eu-countries_en
UNION = "EU"
_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBER_STATES = frozenset(_CODES.split())

# Outermost regions with a code of their own: the Treaties hold there by Articles 349 and 355(1)
# of the Treaty on the Functioning of the European Union. To each its member state.
OUTERMOST = dict.fromkeys(("GF", "GP", "MF", "MQ", "RE", "YT"), "FR")

# Member states that an act does not bind as it binds the others, by how its legal basis begins.
# Directive 2008/115/EC, recital 25: Denmark takes no part and decides by itself whether to put
# the directive into its law; recital 27: Ireland takes no part and is not bound.
# https://eur-lex.europa.eu/eli/dir/2008/115/oj
EXCEPTIONS = {"Directive 2008/115/EC": frozenset(("DK", "IE"))}


def member_state_of(iso2: str) -> str:
    """The member state that a country is or, as an outermost region, belongs to; else nothing."""
    return iso2 if iso2 in MEMBER_STATES else OUTERMOST.get(iso2, "")


def jurisdictions_of(iso2: str) -> list[str]:
    """The codes under which rules on a country are kept: its own, and the Union's."""
    return [iso2, UNION] if member_state_of(iso2) else [iso2]


def exception_to(legal_basis: str, iso2: str) -> str:
    """The act of a legal basis that does not bind a country as it binds others; else nothing."""
    state = member_state_of(iso2)
    acts = (act for act, states in EXCEPTIONS.items() if state in states)
    return next((act for act in acts if legal_basis.startswith(act)), "")
