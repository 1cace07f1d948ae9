"""Addresses of the second step, within those of accounts."""

from django.urls import path

from frontend.views.account import code_app, factors, passkey, passkey_sign_in

urlpatterns = [
    path("sign-in/passkey/", passkey_sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("sign-in/passkey/question/", passkey_sign_in.passkey_question, name="passkey_ask"),
    path("second-factor/", factors.factors, name="factors"),
    path("second-factor/code-app/", code_app.code_app, name="code_app"),
    path("second-factor/code-app/confirm/", code_app.confirm_code_app, name="confirm_code_app"),
    path("second-factor/code-app/picture.png", code_app.picture, name="code_app_picture"),
    path("second-factor/passkey/", passkey.passkey, name="passkey"),
    path("second-factor/passkey/question/", passkey.passkey_question, name="passkey_question"),
    path("second-factor/codes/", factors.recovery_codes, name="recovery_codes"),
    path("second-factor/<uuid:factor_id>/", factors.factor, name="factor"),
    path("second-factor/<uuid:factor_id>/remove/", factors.remove, name="remove_factor"),
]
