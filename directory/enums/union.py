"""Member states of the European Union, in which Union law on visits holds."""

# The 27 states of Article 52(1) of the Treaty on European Union as in force since the United
# Kingdom left on 31 January 2020; codes of ISO 3166-1 (Greece is GR there, EL in Union texts).
# https://european-union.europa.eu/principles-countries-history/eu-countries_en
UNION = "EU"
_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBER_STATES = frozenset(_CODES.split())


def jurisdictions_of(iso2: str) -> list[str]:
    """The codes under which rules that hold in a country are kept: its own, and the Union's."""
    return [iso2, UNION] if iso2 in MEMBER_STATES else [iso2]
