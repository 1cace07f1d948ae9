"""Accounts: making, keeping and ending them, and every way in."""

from network.actions.accounts.ending import (
    delete_account,
    export_account,
    sign_out_everywhere,
    suspend_person,
)
from network.actions.accounts.keeping import (
    ask_for_new_email,
    change_password,
    change_profile,
    confirm_new_email,
    create_person,
    reset_password,
)
from network.actions.accounts.links import (
    OpenedLink,
    ask_for_reset,
    look_into,
    make_link,
    open_link,
    use_link,
)
from network.actions.accounts.sessions import end_session, rename_session
from network.actions.accounts.signing_in import Tried, try_password

__all__ = [
    "OpenedLink",
    "Tried",
    "ask_for_new_email",
    "ask_for_reset",
    "change_password",
    "change_profile",
    "confirm_new_email",
    "create_person",
    "delete_account",
    "end_session",
    "export_account",
    "look_into",
    "make_link",
    "open_link",
    "rename_session",
    "reset_password",
    "sign_out_everywhere",
    "suspend_person",
    "try_password",
    "use_link",
]
