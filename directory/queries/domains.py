"""Which mail addresses belong to whoever keeps a website."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

# Hosts where anybody gets a page or a mailbox, and which the Public Suffix List does not name.
SHARED = frozenset(
    [
        "aol.com",
        "bsky.app",
        "carrd.co",
        "charity.org",
        "discord.com",
        "donorbox.org",
        "eventbrite.com",
        "facebook.com",
        "fastmail.com",
        "fb.com",
        "flickr.com",
        "free.fr",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.de",
        "gmx.net",
        "gofundme.com",
        "google.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "instagram.com",
        "issuu.com",
        "jimdo.com",
        "jimdofree.com",
        "jimdosite.com",
        "laposte.net",
        "libero.it",
        "linkedin.com",
        "linktr.ee",
        "live.com",
        "mail.com",
        "mail.ru",
        "mastodon.social",
        "medium.com",
        "meetup.com",
        "meta.com",
        "msn.com",
        "one.com",
        "orange.fr",
        "outlook.com",
        "over-blog.com",
        "paypal.com",
        "pinterest.com",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "reddit.com",
        "riseup.net",
        "signal.org",
        "squarespace.com",
        "strikingly.com",
        "substack.com",
        "t-online.de",
        "t.me",
        "tiktok.com",
        "tumblr.com",
        "tutanota.com",
        "twitter.com",
        "vk.com",
        "wa.me",
        "wanadoo.fr",
        "web.de",
        "webnode.com",
        "webnode.page",
        "weebly.com",
        "whatsapp.com",
        "wikipedia.org",
        "wix.com",
        "wixsite.com",
        "wordpress.com",
        "x.com",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "youtu.be",
        "youtube.com",
        "zoho.com",
    ]
)


def mail_domain(website: str) -> str:
    """What stands after the @ in an address that proves a claim to an entry with this website.

    The website's host without `www`, no shorter: whoever keeps a part of a university's site is
    not the university. Empty for no website, and for a host that many people share: one of
    `SHARED`, or in the private part of the Public Suffix List.
    """
    try:
        host = (urlsplit(website).hostname or "").rstrip(".").encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        return ""
    domain = host.removeprefix("www.")
    whole, registries = _lists()
    own = whole.privatesuffix(domain)
    if not own or own != registries.privatesuffix(domain) or own in SHARED:
        return ""
    return domain


@lru_cache(maxsize=1)
def _lists() -> tuple[PublicSuffixList, PublicSuffixList]:
    """The list that comes with the package, whole and without its private part; nothing is got."""
    whole = PublicSuffixList(accept_unknown=False)
    return whole, PublicSuffixList(accept_unknown=False, only_icann=True)
