"""Addresses of a desk's members, log and settings, beneath the group's own."""

from django.urls import path

from frontend.views.desk import approvals, audit, invitations, members, resting, settings

urlpatterns = [
    path("members/", members.members, name="members"),
    path("members/<uuid:membership_id>/", members.member, name="member"),
    path("members/<uuid:membership_id>/end/", members.end, name="member_end"),
    path("invite/", invitations.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("invitations/<uuid:invitation_id>/resend/", invitations.resend, name="invitation_resend"),
    path("audit/", audit.audit, name="audit"),
    path("settings/", settings.settings, name="settings"),
    path("settings/card/", settings.card, name="card"),
    path("settings/website/", settings.website, name="website"),
    path("settings/lock/", settings.lock, name="lock"),
    path("settings/leave/", settings.leave, name="leave"),
    path("settings/delete/", settings.delete, name="delete"),
    path("settings/handover/", settings.handover, name="handover"),
    path("settings/approvals/<uuid:approval_id>/", approvals.approval, name="approval"),
    path("resting/", resting.resting, name="resting"),
    path("resting/unlock/", resting.unlock, name="unlock"),
    path("resting/restore/", resting.restore, name="restore"),
    path("resting/approvals/<uuid:approval_id>/", resting.approval, name="resting_approval"),
]
