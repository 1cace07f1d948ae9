"""Addresses of the public pages. Everything in this namespace is read only and cookie-free."""

from django.urls import include, path, re_path

from frontend.views import components, docs, slash, static_pages

app_name = "frontend"

urlpatterns = [
    path("about/", static_pages.about, name="about"),
    path("about/data/", static_pages.data, name="data"),
    path("about/components/", components.components, name="components"),
    path("docs/", docs.index, name="docs"),
    path("docs/<path:page>/", docs.page, name="doc"),
    path("robots.txt", static_pages.robots, name="robots"),
    path("favicon.ico", static_pages.favicon, name="favicon"),
    path("", include("frontend.urls_directory")),
    re_path(r"^(?P<rest>.*[^/])$", slash.with_slash),
]
