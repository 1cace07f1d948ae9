"""Addresses of the stewards of this node."""

from django.urls import path

from frontend.views.steward import (
    applications,
    groups,
    log,
    messages,
    node,
    objections,
    overview,
    reports,
    stale,
)

app_name = "steward"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<uuid:objection_id>/", objections.objection, name="objection"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:report_id>/", reports.report, name="report"),
    path("messages/", messages.message_reports, name="message_reports"),
    path("messages/<uuid:report_id>/", messages.message_report, name="message_report"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:organization>/", groups.group, name="group"),
    path("stale/", stale.stale, name="stale"),
    path("node/", node.node, name="node"),
    path("log/", log.log, name="log"),
]
