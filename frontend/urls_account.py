"""Addresses of accounts."""

from django.urls import include, path

from frontend.views.account import confirm, invitation, links, mails, overview, second, sign_in

app_name = "account"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("", include("frontend.urls_second_factor")),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("sign-out/everywhere/", sign_in.panic, name="panic"),
    path("signed-out/", sign_in.signed_out, name="signed_out"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("confirm/question/", confirm.question, name="confirm_question"),
    path("forgot/", links.forgot, name="forgot"),
    path("forgot/asked/", links.asked, name="asked"),
    path("link/<str:token>/", links.link, name="link"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("profile/", overview.profile, name="profile"),
    path("password/", overview.password, name="password"),
    path("email/", overview.email, name="email"),
    path("devices/<uuid:session_id>/", overview.device, name="device"),
    path("devices/<uuid:session_id>/end/", overview.end_device, name="end_device"),
    path("mails/", mails.mails, name="mails"),
    path("mails/end/<str:token>/", mails.end, name="end_mails"),
    path("export/", overview.export, name="export"),
    path("delete/", overview.delete, name="delete"),
]
