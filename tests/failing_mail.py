"""A relay that takes nothing."""

from smtplib import SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Hangs up on every mail."""

    def send_messages(self, email_messages):
        """Refuse.

        Raises:
            SMTPServerDisconnected: always.
        """
        raise SMTPServerDisconnected("connection closed")
