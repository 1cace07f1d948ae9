"""Addresses of the whole site."""

from django.urls import include, path

from network.project.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/v1/", include("api.v1.urls")),
    path("hsds/", include("api.hsds.urls")),
    path("account/", include("frontend.urls_account")),
    path("desk/", include("frontend.urls_desk")),
    path("messages/", include("frontend.urls_messages")),
    path("steward/", include("frontend.urls_steward")),
    path("follow/", include("frontend.urls_follow")),
    path("confirm/", include("frontend.urls_confirm")),
    path("", include("frontend.urls_join")),
    path("", include("frontend.urls_contact")),
    path("", include("frontend.urls_report")),
    path("", include("frontend.urls")),
]

handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.not_found"
handler404 = "frontend.views.errors.not_found"
handler500 = "frontend.views.errors.server_error"
