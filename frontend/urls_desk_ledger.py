"""Addresses of what a group states about places of detention."""

from django.urls import path

from frontend.views.desk import ledger, ledger_claims, ledger_reports, ledger_rules

AT = "places/at/<slug:facility>/"
REPORT = "places/reports/<uuid:report_id>/"

urlpatterns = [
    path("places/", ledger.places, name="places"),
    path("places/report/", ledger_reports.report, name="ledger_report"),
    path("places/reports/", ledger_reports.reports, name="ledger_reports"),
    path("places/reports/<uuid:report_id>/cancel/", ledger_reports.cancel, name="ledger_cancel"),
    path(
        "places/reports/<uuid:report_id>/correct/", ledger_reports.correct, name="ledger_correct"
    ),
    path(AT, ledger.place, name="place"),
    path(f"{AT}report/", ledger_reports.report, name="ledger_report_at"),
    path(f"{AT}claim/", ledger_claims.claim, name="place_claim"),
    path(f"{AT}claim/withdraw/", ledger_claims.withdraw, name="place_claim_withdraw"),
    path(f"{AT}rules/new/", ledger_rules.rule, name="place_rule_add"),
    path(f"{AT}rules/<uuid:rule_id>/", ledger_rules.rule, name="place_rule"),
    path(f"{AT}rules/<uuid:rule_id>/confirm/", ledger_rules.confirm, name="place_rule_confirm"),
    path(f"{AT}rules/<uuid:rule_id>/withdraw/", ledger_rules.withdraw, name="place_rule_withdraw"),
]
