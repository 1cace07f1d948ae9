"""Rows for the tests of the search, in scripts that the sample lacks and with words to rank."""

# ruff: noqa: RUF001 - names as they are written

from __future__ import annotations

from directory.models import Country
from tests.factories import make_card, make_facility, make_listing

PLANTED = {
    "el-athina": ("GR", "Ομάδα Επισκέψεων Αθήνας", "el"),
    "ru-yolka": ("RU", "Ёлка – посещения задержанных", "ru"),
    "tr-istanbul": ("TR", "İstanbul Işık Geri Gönderme Ziyaretçileri", "tr"),
    "pl-lodz": ("PL", "Odwiedziny w Łodzi", "pl"),
    "he-saharonim": ("IL", "מבקרים בכלא סהרונים", "he"),
    "fa-tehran": ("IR", "گروه ملاقات کنندگان پناهجویان", "fa"),
    "ur-lahore": ("PK", "قیدیوں سے ملاقات کا ہال", "ur"),
    "ar-ziyara": ("LB", "جمعيّة زيارة السجون وإدارة الأمل ٢٤", "ar"),
    "ar-mustashfa": ("EG", "زوار مستشفى القاهرة", "ar"),
    "hi-delhi": ("IN", "हिरासत मुलाकात समूह", "hi"),
    "th-phuket": ("TH", "กลุ่มเยี่ยมผู้ถูกกักตัว ภูเก็ต", "th"),
    "zh-tantao": ("TW", "外國人收容所探訪團", "zh-Hant"),
    "zh-juliu": ("CN", "移民拘留探访组", "zh-Hans"),
    "ko-incheon": ("KR", "인천공항 난민 방문 모임", "ko"),
    "vi-tham": ("VN", "Nhóm thăm viếng người bị tạm giữ", "vi"),
    "pt-visitacao": ("BR", "Visitação Irmã Conceição", "pt"),
    "ranking-exact": ("IE", "Lantern", "en"),
    "ranking-begins": ("IE", "Lantern Visitors", "en"),
    "ranking-inside": ("IE", "The Old Lantern Circle", "en"),
    "ranking-typo": ("IE", "Lantren", "en"),
    "quotes": ("IE", "O'Hara's 100% \"Group\"_1", "en"),
}
# slug: what is planted beside a name of its own
BESIDE = {
    "ranking-other-name": {"names": {"ga": "Cairde Lantern Anseo"}},
    "ranking-organization": {"organization_name": "Lantern Trust"},
    "ranking-place": {"locality": "Lantern"},
    "ranking-facility": {"facilities": ["Lantern House"]},
    "pair-in-texts": {"summaries": {"en": "An amber light and a beacon."}},
    "pair-misspelled": {"name": "The Ambre Beacon"},
    "ranking-text": {"summaries": {"en": "Every visitor carries a lantern."}},
}


def plant():
    for slug, (iso2, name, language) in PLANTED.items():
        make_listing(
            slug=slug,
            name=name,
            name_language=language,
            names={language: name},
            country=Country.objects.get(iso2=iso2),
            locality="",
            languages=[],
            services=[],
        )
    for number, (slug, values) in enumerate(BESIDE.items()):
        ireland = Country.objects.get(iso2="IE")
        chosen = {"name": f"Nameless {number}", "locality": "", **values}
        make_listing(slug=slug, country=ireland, languages=[], services=[], **chosen)
    ireland = Country.objects.get(iso2="IE")
    double_of = make_facility(slug="planted-double-of", name="Old Planted", country=ireland)
    make_facility(slug="planted-exact", name="Planted", country=ireland)
    make_facility(
        slug="planted-begins", name="Planted Hall", names={"ar": "مركز مزروع"}, country=ireland
    )
    make_facility(slug="planted-double", name="Planted", merged_into=double_of, country=ireland)
    make_card(slug="lantern-trust", name="Lantern Trust", names={"es": "Fundación Farol"})
