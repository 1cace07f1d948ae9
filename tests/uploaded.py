"""Files for tests that keep them: inspected ones, and a data directory of their own."""

from __future__ import annotations

import os
import time

import pytest

from network.enums import UploadKind
from network.uploads.inspecting import Inspected
from tests.pictures import picture


def inspected(words="Minutes of May", use=UploadKind.DOCUMENT):
    """A text as if it had been looked at, or a small picture where the use wants one."""
    if use == UploadKind.DOCUMENT:
        return Inspected(use, "text/plain", words.encode())
    shade = sum(words.encode()) % 255
    return Inspected(use, "image/png", picture((8, 6), colour=(shade, 0, 0)), 8, 6)


def files_of(store):
    """The names of all files in a store."""
    return {path.name for path in store.root.glob("??/*")}


def age(store, name, seconds):
    """Make a file older."""
    moment = time.time() - seconds
    os.utime(store.path(name), (moment, moment))


@pytest.fixture
def files(settings, tmp_path):
    """A directory for the files of one test."""
    settings.FILES_DIR = tmp_path
    return tmp_path
