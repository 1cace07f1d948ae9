"""Addresses of the desks of groups."""

from django.urls import include, path

from frontend.views.desk import index, overview

app_name = "desk"

urlpatterns = [
    path("", index.index, name="index"),
    path("<slug:organization>/", overview.overview, name="overview"),
    path("<slug:organization>/", include("frontend.urls_desk_tokens")),
    path("<slug:organization>/", include("frontend.urls_desk_ledger")),
    path("<slug:organization>/", include("frontend.urls_desk_members")),
    path("<slug:organization>/", include("frontend.urls_desk_programs")),
    path("<slug:organization>/", include("frontend.urls_desk_files")),
    path("<slug:organization>/", include("frontend.urls_desk_coalitions")),
    path("<slug:organization>/", include("frontend.urls_desk_application")),
    path("<slug:organization>/", include("frontend.urls_desk_vouches")),
    path("<slug:organization>/", include("frontend.urls_desk_mentoring")),
    path("<slug:organization>/", include("frontend.urls_desk_support")),
    path("<slug:organization>/", include("frontend.urls_desk_freshness")),
]
