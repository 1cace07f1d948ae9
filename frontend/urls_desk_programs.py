"""Addresses of a group's programs, under its desk."""

from django.urls import path

from frontend.views.desk.programs import acts, editor, history, listed, relay, shared

ONE = "programs/<slug:program>/"

urlpatterns = [
    path("programs/", listed.programs, name="programs"),
    path("programs/new/", listed.new, name="program_new"),
    path("programs/granted/<int:grant>/", shared.granted, name="program_granted"),
    path(ONE, listed.program, name="program"),
    path(f"{ONE}edit/<slug:part>/", editor.edit, name="program_edit"),
    path(f"{ONE}edit/<slug:part>/draft/", editor.autosave, name="program_draft"),
    path(f"{ONE}edit/<slug:part>/discard/", editor.discard, name="program_discard"),
    path(f"{ONE}edit/<slug:part>/choose/", editor.choose, name="program_choose"),
    path(f"{ONE}publish/", acts.publish, name="program_publish"),
    path(f"{ONE}unpublish/", acts.unpublish, name="program_unpublish"),
    path(f"{ONE}confirm/", acts.confirm, name="program_confirm"),
    path(f"{ONE}held/<uuid:held>/confirm/", acts.confirm_held, name="program_held_confirm"),
    path(f"{ONE}held/<uuid:held>/cancel/", acts.cancel_held, name="program_held_cancel"),
    path(f"{ONE}delete/", acts.delete, name="program_delete"),
    path(f"{ONE}restore/", acts.restore, name="program_restore"),
    path(f"{ONE}history/", history.history, name="program_history"),
    path(f"{ONE}history/<int:number>/", history.version, name="program_version"),
    path(f"{ONE}relay/", relay.relay, name="program_relay"),
    path(f"{ONE}sharing/", shared.sharing, name="program_sharing"),
]
