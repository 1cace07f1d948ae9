"""States and provinces that people name beside a town: "Paris, Texas".

The codes are those of GeoNames, which hold for one country only; elsewhere no region is known.
The list of towns gives codes without names. The names here are those that GeoNames and the
countries use in English, in Mexico in Spanish.
"""

from __future__ import annotations

_UNITED_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|"
    "DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|"
    "IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|"
    "MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|"
    "NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|"
    "ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|"
    "SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|"
    "WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"
)
_CANADA = (
    "01 Alberta|02 British Columbia|03 Manitoba|04 New Brunswick|05 Newfoundland and Labrador|"
    "07 Nova Scotia|08 Ontario|09 Prince Edward Island|10 Quebec|11 Saskatchewan|12 Yukon|"
    "13 Northwest Territories|14 Nunavut"
)
_AUSTRALIA = (
    "01 Australian Capital Territory|02 New South Wales|03 Northern Territory|04 Queensland|"
    "05 South Australia|06 Tasmania|07 Victoria|08 Western Australia"
)
_MEXICO = (
    "01 Aguascalientes|02 Baja California|03 Baja California Sur|04 Campeche|05 Chiapas|"
    "06 Chihuahua|07 Coahuila|08 Colima|09 Ciudad de México|10 Durango|11 Guanajuato|"
    "12 Guerrero|13 Hidalgo|14 Jalisco|15 Estado de México|16 Michoacán|17 Morelos|18 Nayarit|"
    "19 Nuevo León|20 Oaxaca|21 Puebla|22 Querétaro|23 Quintana Roo|24 San Luis Potosí|"
    "25 Sinaloa|26 Sonora|27 Tabasco|28 Tamaulipas|29 Tlaxcala|30 Veracruz|31 Yucatán|32 Zacatecas"
)
_UNITED_KINGDOM = "ENG England|NIR Northern Ireland|SCT Scotland|WLS Wales"
# What is written on envelopes, where GeoNames has numbers.
_LETTERS = {
    "CA": "AB 01|BC 02|MB 03|NB 04|NL 05|NS 07|ON 08|PE 09|QC 10|SK 11|YT 12|NT 13|NU 14",
    "AU": "ACT 01|NSW 02|NT 03|QLD 04|SA 05|TAS 06|VIC 07|WA 08",
}

REGIONS: dict[tuple[str, str], str] = {
    (country, code): name
    for country, text in (
        ("AU", _AUSTRALIA),
        ("CA", _CANADA),
        ("GB", _UNITED_KINGDOM),
        ("MX", _MEXICO),
        ("US", _UNITED_STATES),
    )
    for code, name in (entry.split(" ", 1) for entry in text.split("|"))
}
"""The name of a region by country and code."""

REGION_WORDS: tuple[tuple[str, str, str], ...] = (
    *((name, country, code) for (country, code), name in REGIONS.items()),
    *((code, country, code) for country, code in REGIONS if country == "US"),
    *(
        (letters, country, code)
        for country, text in _LETTERS.items()
        for letters, code in (entry.split(" ") for entry in text.split("|"))
    ),
)
"""Every word for a region: the word, the country, the code. One word may mean several."""
