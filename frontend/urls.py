"""Addresses of the public pages. Everything in this namespace is read only and cookie-free."""

from django.urls import include, path, re_path

from frontend.views import components, docs, sitemaps, slash, static_pages

app_name = "frontend"

urlpatterns = [
    path("about/", static_pages.about, name="about"),
    path("about/data/", static_pages.data, name="data"),
    path("about/components/", components.components, name="components"),
    path("docs/", docs.index, name="docs"),
    path("docs/<path:page>/", docs.page, name="doc"),
    path("robots.txt", static_pages.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(
        r"^sitemap-(?P<kind>[a-z]{1,20})-(?P<number>[1-9][0-9]{0,4})\.xml$",
        sitemaps.part,
        name="sitemap_part",
    ),
    path("favicon.ico", static_pages.favicon, name="favicon"),
    path("", include("frontend.urls_directory")),
    re_path(r"^(?P<rest>.*[^/])$", slash.with_slash),
]
