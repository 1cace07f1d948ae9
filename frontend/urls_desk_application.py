"""Addresses where a group that applies sees what becomes of it."""

from django.urls import path

from frontend.views.desk import application, application_proofs

urlpatterns = [
    path("application/", application.application, name="application"),
    path("application/answers/<slug:part>/", application.answers, name="application_answers"),
    path("application/send/", application.send, name="application_send"),
    path("application/note/", application.note, name="application_note"),
    path("application/proof/", application_proofs.proof, name="application_proof"),
    path("application/vouchers/", application_proofs.vouchers, name="application_vouchers"),
    path("application/withdraw/", application.withdraw, name="application_withdraw"),
]
