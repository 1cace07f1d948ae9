"""The patterns behind `network.identifying`, in English, Spanish, French and Arabic.

They read folded text: no accents, one kind of digit. Each repetition has a bound, and none stands
in another that can match nothing, so no text makes them slow.
"""

# ruff: noqa: RUF001 - Arabic letters are not mistaken for Latin ones

from __future__ import annotations

import re


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# Between a word and its number: "no.", "is", a colon.
_NUMBER = (
    r"(?:numbers?|numero|number's|num|no|nr|nbr|id|ids|ref|reference|referencia|n\.?o|n\u00b0|#"
    r"|de serie|رقم|رقمه|رقمها)"
)
_SIGNS = r"[ \n.:#=,()'\"-]{0,4}"
_IS = r"(?:(?:is|was|es|era|est|etait|هو|هي|de|del|du|d'|l'|ال)[ \n:]{1,2})?"
# An identifier: a few letters, then at least five digits, single separators between them.
_ID = r"(?:[A-Za-z]{1,4}[ /-]?)?[0-9](?:[ ./-]?[0-9]){4,15}(?![0-9])"
_LONG = r"(?:[A-Za-z]{1,4}[ /-]?)?[0-9](?:[ ./-]?[0-9]){5,15}(?![0-9])"
_START = r"(?<![^\W_])"
_ARABIC = r"(?<![^\W_])(?:و|ب|ل|ال|وال|بال|لل){0,1}"
# A day of a month in a year. A year alone says little.
_MONTH = r"[^\W\d_]{3,10}\.?(?: [^\W\d_]{3,8})?"
_DATE = _any(
    r"[0-3]?[0-9][ ./-]{1,2}[01]?[0-9][ ./-]{1,2}(?:[12][0-9]{3}|[0-9]{2})(?![0-9])",
    r"[12][0-9]{3}[ ./-][01]?[0-9][ ./-][0-3]?[0-9](?![0-9])",
    rf"[0-3]?[0-9](?:st|nd|rd|th|er|o)?,? (?:of |de |du )?{_MONTH},? (?:de |del |of )?"
    r"[12][0-9]{3}",
    rf"{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?,? [12][0-9]{{3}}",
)
_A_DIGITS = r"[0-9]{2,3}[ ./_-]?[0-9]{3}[ ./_-]?[0-9]{3}(?![0-9])"
_A_SPACED = r"[0-9](?:[ .-][0-9]){7,8}(?![ .-]?[0-9])"

_A_NUMBER = (
    re.compile(rf"(?<![A-Za-z0-9])A[ \n#:./_-]{{0,3}}(?:{_A_DIGITS}|{_A_SPACED})"),
    re.compile(rf"(?<![A-Za-z0-9])a[#-]?{_A_DIGITS}"),
    re.compile(
        rf"(?<![A-Za-z0-9])(?:a|alien|uscis)[ \n-]{{0,2}}(?:registration[ \n-]{{0,2}})?"
        rf"(?:numbers?|no|nr|num|#){_SIGNS}(?:is |was )?a?[ #-]{{0,2}}(?:{_A_DIGITS}|{_A_SPACED})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:numero|num\.?|n\u00b0|رقم)[ \n]{{1,2}}"
        rf"(?:(?:de |d')?(?:extranjero|etranger)[ \n]{{1,2}})?[\"']?A[\"']?{_SIGNS}{_A_DIGITS}",
        re.IGNORECASE,
    ),
)
_HOME_OFFICE = (
    re.compile(
        rf"{_START}(?:home office|h\.?o\.?|ukvi)[ \n.]{{0,2}}"
        rf"(?:ref(?:erence)?s?|number|no|id){_SIGNS}(?:(?:number|no)\b{_SIGNS})?{_IS}"
        r"[A-Za-z]?[ ]?[0-9](?:[ /-]?[0-9]){5,9}(?:/[0-9]{1,3})?(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:referencia|reference|ref\.?|مرجع|الرقم المرجعي)[ \n]{{0,2}}"
        rf"(?:del |du |de la |de |لدي |ل)?(?:home office|وزاره الداخليه(?: البريطانيه)?){_SIGNS}"
        rf"{_IS}[A-Za-z]?[ ]?[0-9](?:[ /-]?[0-9]){{5,9}}(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}port ref(?:erence)?s?\b{_SIGNS}(?:(?:number|no)\b{_SIGNS})?{_IS}"
        r"(?:[A-Z0-9]{2,6}[ /-])?[0-9](?:[ /-]?[0-9]){4,11}(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}C\.?I\.?D\.?(?:[ \n](?:[Pp]erson|[Nn]umber|[Nn]o|[Ii][Dd]|[Rr]ef)\b){{0,2}}"
        rf"{_SIGNS}{_IS}[0-9]{{6,9}}(?![0-9])"
    ),
)
_HELD_EN = (
    r"(?:detainee|inmate|prisoner|resident|subject|booking|custody|prison|jail|bed|"
    r"person held|register|icn|noms)"
)
_HELD_ES = (
    r"(?:interno|interna|internos|preso|presa|recluso|reclusa|detenido|detenida|retenido|retenida"
    r"|internamiento|ingreso)"
)
_HELD_FR = r"(?:ecrou|detenue?|retenue?|matricule|prisonniere?)"
_HELD_AR = (
    r"(?:القيد|قيده|قيدها|قيد|النزيل|النزيله|نزيل|المحتجز|المحتجزه|محتجز|السجين|السجينه|سجين"
    r"|المعتقل|المعتقله|معتقل|الموقوف|الحجز|التوقيف|الزنداني|زنداني)"
)
_CUSTODY = (
    re.compile(
        rf"{_START}{_HELD_EN}(?:'s|s')?[ \n-]{{0,2}}(?:registration |identification |booking )?"
        rf"{_NUMBER}(?![^\W\d_]){_SIGNS}{_IS}{_ID}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_START}(?:detainee|inmate|prisoner|booking)[ #(:]{{1,3}}{_ID}", re.IGNORECASE),
    # As written on letters to prisons in the United Kingdom.
    re.compile(r"(?<![A-Za-z0-9])A[0-9]{4}[A-Z]{2}(?![A-Za-z0-9])"),
    re.compile(
        rf"{_START}{_NUMBER}[ \n.:]{{1,2}}(?:de la |del |de |du |d'|des )?"
        rf"(?:registro de |la |el |l')?(?:{_HELD_ES}|{_HELD_FR}){_SIGNS}{_IS}{_ID}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:{_HELD_ES}|{_HELD_FR})[ \n]{{0,2}}(?:{_NUMBER}(?![^\W\d_]))?{_SIGNS}{_ID}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_START}N\.?I\.?S\.?{_SIGNS}[0-9](?:[ ./-]?[0-9]){{9}}(?![0-9])"),
    re.compile(rf"{_ARABIC}(?:رقم|شماره)[ \n]{{1,2}}{_HELD_AR}{_SIGNS}{_IS}{_ID}"),
    re.compile(rf"{_ARABIC}{_HELD_AR}[ \n]{{1,2}}(?:رقم|رقمه|رقمها|شماره){_SIGNS}{_ID}"),
)
_FILE = (
    re.compile(
        rf"{_START}(?:file|case file|case|dossier|docket)[ \n-]{{1,2}}{_NUMBER}(?![^\W\d_])"
        rf"{_SIGNS}{_IS}{_LONG}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}{_NUMBER}[ \n.:]{{1,2}}(?:of (?:the |her |his |their )?|de |du |del |d')"
        rf"(?:case |su |son |votre )?(?:file|case|dossier|expediente|asunto){_SIGNS}{_IS}{_ID}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:expediente|expte\.?|exp\.)[ \n]{{0,2}}(?:administrativo )?"
        rf"(?:{_NUMBER}(?![^\W\d_]))?{_SIGNS}{_IS}{_ID}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_ARABIC}(?:رقم|شماره)[ \n]{{1,2}}"
        rf"(?:ال)?(?:ملف|ملفه|ملفها|قضيه|دعوي|معامله|پرونده){_SIGNS}{_IS}{_ID}"
    ),
    re.compile(rf"{_ARABIC}(?:ملف|الملف|ملفه|ملفها|پرونده)[ \n]{{1,2}}(?:رقم|شماره){_SIGNS}{_ID}"),
)
_FOREIGNER = (
    # The number of a foreigner in Spain has letters at both ends.
    re.compile(r"(?<![A-Za-z0-9])[XYZ][ .-]?[0-9]{7}[ .-]?[A-Z](?![A-Za-z0-9])"),
    re.compile(
        rf"{_START}n\.?i\.?e\.?(?:[ \n](?:{_NUMBER}))?{_SIGNS}{_IS}"
        r"[xyz][ .-]?[0-9](?:[ .-]?[0-9]){6}[ .-]?[a-z](?![a-z0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}N\.?U\.?E\.?{_SIGNS}(?:[Nn]umero )?{_IS}{_ID}",
    ),
    re.compile(rf"{_START}agdref\b{_SIGNS}(?:{_NUMBER}{_SIGNS})?{_IS}{_LONG}", re.IGNORECASE),
    re.compile(
        rf"{_START}{_NUMBER}[ \n.:]{{0,2}}(?:national |personnel |personal )?"
        rf"(?:agdref|(?:d'|de |del |des |d' )?(?:identification )?"
        rf"(?:etrangere?s?|extranjer[oa]s?|identidad de extranjer[oa])){_SIGNS}{_IS}{_LONG}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:foreigner|alien|national identity|personal id)[ \n-]{{1,2}}{_NUMBER}"
        rf"(?![^\W\d_]){_SIGNS}{_IS}{_LONG}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_ARABIC}(?:رقم|شماره)[ \n]{{1,2}}(?:الاجنبي|الاجنبيه|الاقامه|اقامته|اقامتها"
        rf"|الهويه|هويته|هويتها|اللجوء|المفوضيه){_SIGNS}{_IS}{_LONG}"
    ),
)
_PASSPORT = (
    re.compile(
        rf"{_START}(?:passport|pasaporte|passeport|travel document)"
        rf"[ \n]{{0,2}}(?:{_NUMBER}(?![^\W\d_]))?{_SIGNS}{_IS}"
        r"(?:[A-Za-z]{0,3}[ ]?[0-9](?:[ -]?[0-9]){4,9}|[0-9]{2}[ ]?[A-Za-z]{2}[ ]?[0-9]{5})"
        r"[A-Za-z]{0,2}(?![0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_ARABIC}جواز(?: (?:ال)?سفر(?:ه|ها|هم)?|ه|ها)?[ \n]{{0,2}}(?:رقم|رقمه|شماره)?{_SIGNS}"
        r"[A-Za-z]{0,3}[ ]?[0-9](?:[ -]?[0-9]){4,9}(?![0-9])"
    ),
)
_BORN = _any(
    r"born",
    r"d\.?o\.?b\.?",
    r"dates? of birth",
    r"birth ?dates?",
    r"birth ?days?",
    r"nacid[oa]s?",
    r"nacio",
    r"nac\.?",
    r"fecha de (?:su )?nacimiento",
    r"f\. ?nac",
    r"nee?",
    r"nee?s",
    r"ne\(e\)",
    r"ne\.e",
    r"nee? \(e\)",
    r"dates? de naissance",
)
_BORN_AR = _any(
    r"(?:تاريخ|تواريخ) (?:ال)?(?:ميلاد|ولاده|مولد)(?:ه|ها|هم)?",
    r"(?:ال)?مولود(?:ه)?",
    r"ولد(?:ت)?",
    r"مواليد",
    r"متولد",
    r"تاريخ تولد",
)
_BIRTH = (
    re.compile(
        rf"{_START}{_BORN}(?![^\W_]){_SIGNS}(?:(?:on|in|the|el|le|dia|is|was|es|est|the day)"
        rf"[ \n:]{{1,2}}){{0,3}}{_DATE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_ARABIC}{_BORN_AR}(?![^\W_]){_SIGNS}"
        r"(?:(?:في|يوم|بتاريخ|هو|عام|سنه)[ \n:]{1,2}){0,3}"
        rf"(?:{_DATE}|(?<=مواليد )[12][0-9]{{3}})"
    ),
)
_NAME = r"[A-Z][^\W\d_]{1,20}(?:[ -][A-Z][^\W\d_]{1,20}){0,3}"
_CELL_WORD = (
    r"(?:cell|wing|room|bed|unit|pod|dorm|celda|modulo|habitacion|cama|cellule|chambre|aile"
    r"|batiment)"
)
_CELL_AR = r"(?:ال)?(?:زنزانه|غرفه|جناح|عنبر|سرير)"
_CELL = (
    re.compile(
        rf"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Senor|Senora|Don|M|Mme|Mlle|Monsieur|Madame"
        rf"|(?:[Aa]sk|[Aa]sking|[Pp]regunten?|[Pp]reguntar|[Dd]emandez|[Dd]emander)"
        rf"(?: for| por| a)?"
        rf"|(?:[Vv]isit|[Vv]isite[rnz]?|[Vv]isitar|[Ee]scrib[ae][nr]?)(?: a)?"
        rf"|[Ww]rite to|[Ee]crivez a|[Ee]crire a)\.? {_NAME}[ ,(]{{1,3}}"
        rf"(?:(?:is|who is|now|held|esta|est) )?"
        rf"(?:(?:in|at|on|en|dans|a|de la|la|the|del) ){{0,2}}{_CELL_WORD}[ \n]{{0,2}}"
        rf"(?:{_NUMBER}[ .:]{{0,2}})?[A-Z]?-?[0-9]{{1,4}}[A-Z]?(?![0-9])"
    ),
    re.compile(
        rf"(?<![^\W_])(?:السيد|السيده|الاخ|الاخت|الشاب|الشابه|اسالوا عن|اسال عن)"
        rf"(?: [^\W\d_]{{2,15}}){{1,3}}[ ,(،]{{1,3}}(?:في |ب)?{_CELL_AR}[ \n]{{0,2}}"
        rf"(?:رقم )?[0-9]{{1,4}}(?![0-9])"
    ),
)
PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    "a_number": _A_NUMBER,
    "home_office": _HOME_OFFICE,
    "custody": _CUSTODY,
    "file": _FILE,
    "foreigner": _FOREIGNER,
    "passport": _PASSPORT,
    "birth": _BIRTH,
    "cell": _CELL,
}
