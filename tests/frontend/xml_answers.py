"""Answers in XML, read."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def parsed(body: bytes) -> ET.Element:
    """The root of a document, which must be well formed."""
    return ET.fromstring(body)  # noqa: S314 - it was written by the view under test
