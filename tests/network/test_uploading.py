"""Where a long body may be sent: decided from the request line alone."""

import pytest

from network.project.uploading import MAX_API, MAX_UPLOAD, is_form, is_upload, longest

ID = b"2b1c8a9e-5a0d-4a44-9d0e-7c1f5e2a3b44"


@pytest.mark.parametrize(
    "target",
    [
        b"/messages/",
        b"/messages/new/",
        b"/messages/new/group/",
        b"/messages/" + ID + b"/topic/",
        b"/messages/" + ID + b"/edit/" + ID + b"/",
        b"/messages/" + ID + b"/../new/",
        b"/messages/" + ID + b"%00/",
        b"/api/v1/conversations/",
        b"/api/v1/conversations/" + ID + b"/",
        b"/api/v1/conversations/" + ID + b"/read/",
        b"/api/v1/conversations/" + ID + b"/events/x",
        b"/api/v1/organizations/harbour-visitors/members/",
    ],
)
def test_no_long_body_goes_elsewhere(target):
    assert not is_upload(b"POST", target)


@pytest.mark.parametrize(
    ("target", "form", "most"),
    [
        (b"/messages/" + ID + b"/", True, MAX_UPLOAD),
        (b"/messages/" + ID + b"/?as=harbour-visitors", True, MAX_UPLOAD),
        (b"/desk/harbour-visitors/documents/", True, MAX_UPLOAD),
        (b"/api/v1/conversations/" + ID + b"/events/", False, MAX_API),
        (b"/api/v1/organizations/harbour-visitors/logo/", False, MAX_API),
    ],
)
def test_files_are_sent_by_post_to_their_addresses(target, form, most):
    assert is_upload(b"POST", target)
    assert not is_upload(b"GET", target)
    assert (is_form(target), longest(target)) == (form, most)
