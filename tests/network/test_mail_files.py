"""Mails as files."""

import email
import email.policy

from django.core.mail import EmailMessage, get_connection

BACKEND = "network.project.mail_files.EmailBackend"


def test_each_mail_is_a_file_of_its_own_also_in_the_same_moment(tmp_path):
    for number in range(50):
        # The next backend may lie where this one lay.
        connection = get_connection(BACKEND, file_path=tmp_path)
        EmailMessage("S", "B", to=[f"{number}@example.org"], connection=connection).send()
    read = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(tmp_path.iterdir())
    ]
    # And in their order.
    assert [one["To"] for one in read] == [f"{number}@example.org" for number in range(50)]
