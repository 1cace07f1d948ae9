"""What is taken of a file, and what never comes out of one again."""

import base64
import io
import os
import struct
import subprocess
import sys
import time
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from network.enums import UploadKind
from network.uploads import decoder, inspecting, papers, pictures
from network.uploads.bare import is_bare
from network.uploads.inspecting import MAX_BYTES, inspect
from tests.pictures import (
    CANARIES,
    GPS_SECONDS,
    animated,
    huge_png,
    jpeg_with_everything,
    pdf,
    picture,
    png_with_everything,
    spotted,
    webp_with_everything,
)

DOCUMENT, LOGO, PHOTO = UploadKind.DOCUMENT, UploadKind.LOGO, UploadKind.PHOTO
USES = (DOCUMENT, LOGO, PHOTO)
FULL = {
    "jpeg": jpeg_with_everything(),
    "grey jpeg": jpeg_with_everything("L"),
    "cmyk jpeg": jpeg_with_everything("CMYK"),
    "png": png_with_everything(),
    "clear png": png_with_everything("RGBA"),
    "palette png": png_with_everything("P"),
    "webp": webp_with_everything(),
    "clear webp": webp_with_everything("RGBA"),
}


def code(data, use=DOCUMENT):
    """The code of the refusal; nothing where it is taken."""
    try:
        inspect(data, use)
    except ValidationError as error:
        return error.code
    return None


def opened(inspected):
    return Image.open(io.BytesIO(inspected.content))


@pytest.mark.parametrize("name", FULL)
def test_the_canaries_are_planted(name):
    found = {place for place, word in CANARIES.items() if word.encode() in FULL[name]}
    assert len(found) >= 3, found


@pytest.mark.parametrize("use", USES, ids=str)
@pytest.mark.parametrize("name", FULL)
def test_nothing_but_pixels_comes_out(name, use):
    inspected = inspect(FULL[name], use)
    kept = inspected.content
    assert is_bare(kept, inspected.media_type)
    assert not is_bare(FULL[name], {"j": "image/jpeg", "p": "image/png"}.get(name[0], ""))
    for word in CANARIES.values():
        for coded in (word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode())):
            assert coded not in kept
    for mark in (b"Exif", b"http://ns.adobe", b"ICC_PROFILE", b"iCCP", b"eXIf", b"tEXt", b"JFXX"):
        assert mark not in kept
    for number in (struct.pack("<I", GPS_SECONDS), struct.pack(">I", GPS_SECONDS)):
        assert number not in kept
    picture_kept = opened(inspected)
    assert picture_kept.size == (64, 48) == (inspected.width, inspected.height)
    assert dict(picture_kept.getexif()) == {}
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture_kept.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_before_its_orientation_is_forgotten(orientation):
    inspected = inspect(spotted(orientation=orientation), DOCUMENT)
    shown = opened(inspected)
    assert shown.size == ((60, 40) if orientation < 5 else (40, 60))
    # Where the red quarter of the upper left belongs, by the table of the EXIF standard.
    corner = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "rt", 7: "rb", 8: "lb"}[orientation]
    at = (4 if corner[0] == "l" else shown.width - 5, 4 if corner[1] == "t" else shown.height - 5)
    red, green, _blue = shown.getpixel(at)
    assert red > 200 > 60 > green


@pytest.mark.parametrize(
    ("size", "use", "kept"),
    [
        ((3200, 1600), PHOTO, (1600, 800)),
        ((3200, 1600), LOGO, (512, 256)),
        ((3200, 1600), DOCUMENT, (3200, 1600)),
        ((30, 20), PHOTO, (30, 20)),
    ],
)
def test_a_picture_for_a_page_is_no_larger_than_the_page(size, use, kept):
    inspected = inspect(picture(size), use)
    assert (inspected.width, inspected.height) == kept == opened(inspected).size


@pytest.mark.parametrize(
    ("data", "use", "media_type"),
    [
        (picture(form="WEBP"), DOCUMENT, "image/jpeg"),
        (picture(form="WEBP", mode="RGBA"), DOCUMENT, "image/png"),
        (picture(mode="RGBA"), PHOTO, "image/jpeg"),
        (picture(mode="RGBA"), LOGO, "image/png"),
        (picture(form="JPEG"), LOGO, "image/jpeg"),
        (picture(mode="I;16"), DOCUMENT, "image/png"),
        (picture(mode="1"), LOGO, "image/png"),
    ],
)
def test_a_picture_is_kept_in_one_of_two_formats(data, use, media_type):
    inspected = inspect(data, use)
    assert inspected.media_type == media_type
    assert is_bare(inspected.content, media_type)


def test_what_is_clear_in_a_photo_becomes_paper():
    inspected = inspect(picture(mode="RGBA", colour=(0, 0, 0, 0)), PHOTO)
    assert min(opened(inspected).getpixel((5, 5))) > 250


def test_grey_of_16_bits_stays_grey():
    shown = opened(inspect(picture(mode="I;16", colour=0x8000), DOCUMENT))
    assert 120 < shown.convert("L").getpixel((5, 5)) < 136


def test_the_first_view_of_a_camera_with_several_is_taken():
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20), "blue")]
    )
    shown = opened(inspect(file.getvalue(), PHOTO))
    assert shown.getpixel((5, 5))[0] > 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"x" * (MAX_BYTES + 1), "long"),
        (picture(form="GIF"), "text_encoding"),
        (picture(form="TIFF"), "text_encoding"),
        (picture(form="BMP"), "text_encoding"),
        (animated("PNG"), "animated"),
        (animated("WEBP"), "animated"),
        (huge_png(5000, 4001), "pixels"),
        (huge_png(100_000, 100_000), "pixels"),
        (huge_png(2**31 - 1, 2**31 - 1), "pixels"),
        (huge_png(100, 100), "broken"),
        (huge_png(0, 5), "broken"),
        (spotted()[:-200], "broken"),
        (picture((900, 900))[:-30], "broken"),
        (picture(form="WEBP")[:-9], "broken"),
        (b"\xff\xd8\xff" + b"x" * 500, "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"RIFF\x10\0\0\0WEBP", "broken"),
        (b"PK\x03\x04" + b"\0" * 40, "text_control"),
        (b"\xfe\xff\0h\0i", "text_encoding"),
        ("grüße".encode("latin-1"), "text_encoding"),
        (b"ring \x07", "text_control"),
        (b"\x1b[31mred", "text_control"),
        ("abc\u202egnp.exe".encode(), "text_turning"),
        ("\u2066x".encode(), "text_turning"),
    ],
)
def test_what_is_not_taken(data, reason):
    assert code(data) == reason


@pytest.mark.parametrize("use", [LOGO, PHOTO], ids=str)
@pytest.mark.parametrize("data", [b"words", pdf(), b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_page_shows_pictures_only(data, use):
    assert code(data, use) == "not_a_picture"


def test_a_text_loses_its_mark_and_nothing_else():
    text = "\ufeffHours:\r\n\tTue 14:00, سلام, 探視\n<script>alert(1)</script>\n"
    inspected = inspect(text.encode(), DOCUMENT)
    assert inspected.media_type == "text/plain"
    assert inspected.content.decode() == text[1:]
    assert inspected.width is None


def test_a_pdf_of_spaces_costs_no_time():
    began = time.process_time()
    papers.checked_pdf(pdf(b"/OpenAction" + b" " * 40_000 + b"[3 0 R /Fit]"))
    assert time.process_time() - began < 1
    assert code(pdf(b"/OpenAction" + b" " * 40_000 + b"3 0 R")) == "pdf_active"


def test_a_pdf_is_kept_as_it_is():
    data = pdf(b"/OpenAction [3 0 R /Fit]", stream=b"7 0 << /Type /Font /Names 3 >>")
    inspected = inspect(data, DOCUMENT)
    assert (inspected.media_type, inspected.content) == ("application/pdf", data)


ACTIVE = [
    b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
    b"/OpenAction 9 0 R",
    b"/OpenAction<</S/URI>>",
    b"/AA << /O 9 0 R >>",
    b"/Names << /JavaScript 9 0 R >>",
    b"/A << /S /Launch /F (cmd) >>",
    b"/A<</S/Launch/F(cmd)>>",
    b"/Names << /EmbeddedFiles 9 0 R >>",
    b"/X << /Type /EmbeddedFile >>",
    b"/A << /S /SubmitForm >>",
    b"/AcroForm << /XFA 9 0 R >>",
    b"/Subtype /RichMedia ",
    b"/JS(x)",
]


@pytest.mark.parametrize("inside", ACTIVE)
def test_a_pdf_that_would_run_is_refused(inside):
    assert code(pdf(inside)) == "pdf_active"


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"/A << /S /J#61vaScript >>"),
        pdf(b"/A << /S /#4aavaScript >>"),
        pdf(b"/#4c#61#75#6e#63#68 9 0 R"),
        pdf(stream=b"7 0 << /S /JavaScript /JS (x) >>"),
        pdf(stream=b"7 0 << /S /J#61vaScript >>"),
        pdf(stream=b"7 0 << /OpenAction 9 0 R >>"),
        # Packed in a way that is not looked through.
        pdf(stream=b"7 0 <<>>", filters=b"/LZWDecode"),
        pdf(stream=b"7 0 <<>>", filters=b"[/ASCIIHexDecode /FlateDecode]"),
        pdf(stream=b"7 0 <<>>", filters=b"/FlateDecode /DecodeParms << /Predictor 12 >>"),
        pdf(stream=b"7 0 <<>>").replace(b"/ObjStm", b"/Obj#53tm").replace(b"Flate", b"L"),
        # So much that only reading it does harm.
        pdf(stream=b"\0" * (65 * 1024 * 1024)),
    ],
    ids=lambda _data: None,
)
def test_a_pdf_that_hides_what_would_run_is_refused(data):
    assert code(data) == "pdf_active"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(b"/Encrypt 9 0 R"), "pdf_locked"),
        (pdf()[:-12], "pdf_broken"),
        (b"%PDF-1.7\nwords", "pdf_broken"),
        (pdf() + b"x" * 2000, "pdf_broken"),
        (b"\n" + pdf(), None),
        (
            pdf(stream=b"x").replace(zlib.compress(b"x"), b"\1" * len(zlib.compress(b"x"))),
            "pdf_broken",
        ),
    ],
)
def test_a_pdf_has_its_frame_or_is_none(data, reason):
    assert code(data) == reason
    if reason is None:
        # It does not begin as one: it is handed over as the text that it is.
        assert inspect(data, DOCUMENT).media_type == "text/plain"


@pytest.mark.parametrize(
    "data",
    [b"/JSON /JavaScripts /AAA", b"/Lang (en) /Title (A /JavaScripture)"],
)
def test_names_that_only_begin_alike_do_no_harm(data):
    assert code(pdf(data)) is None


def test_a_jpeg_that_is_a_page_too_is_only_a_picture():
    polyglot = jpeg_with_everything()
    assert b"<script>" in polyglot
    assert b"PK\x03\x04" in polyglot
    kept = inspect(polyglot, DOCUMENT).content
    assert b"<script>" not in kept
    assert b"PK" not in kept
    assert kept.endswith(b"\xff\xd9")


MEASURED = """
import resource, sys, django
django.setup()
from network.enums import UploadKind
from network.uploads.inspecting import inspect
from pathlib import Path
found = inspect(Path(sys.argv[1]).read_bytes(), UploadKind.DOCUMENT)
print(found.width, found.height, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_the_worst_picture_that_is_accepted_is_bounded_in_memory(tmp_path):
    """Twenty megapixels of noise in four colours, progressive: each row is held twice."""
    noise = Image.effect_noise((5000, 4000), 20).convert("CMYK")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=60, progressive=True)
    assert 2_000_000 < len(file.getvalue()) <= MAX_BYTES
    path = tmp_path / "worst.jpg"
    path.write_bytes(file.getvalue())
    # In a process of its own, whose only child is the decoder.
    asked = [sys.executable, "-c", MEASURED, str(path)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "network.project.settings"}
    told = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    width, height, peak = map(int, told.stdout.split())
    assert (width, height) == (5000, 4000)
    assert 20 * 1024 < peak < 500 * 1024


def test_a_picture_that_grows_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_WRITTEN", 100)
    assert decoder.decide(picture((900, 900)), DOCUMENT)[0] == {"refused": "heavy"}


def test_a_decoder_that_dies_is_a_refusal_and_not_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(inspecting, "_ROOT", tmp_path)  # where there is no such program
    assert code(picture()) == "broken"


def test_a_decoder_has_limits_and_no_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "of-this-process")
    seen = {}
    run = inspecting.subprocess.run

    def watched(command, **options):
        seen.update(options, command=command)
        return run(command, **options)

    monkeypatch.setattr(inspecting.subprocess, "run", watched)
    inspect(picture(), DOCUMENT)
    assert seen["env"] == {}
    assert picture() == seen["input"]
    assert not any(b"PNG" in str(part).encode() for part in seen["command"])


def test_every_reason_has_words_of_its_own_or_says_what_to_choose():
    for reason in ("pixels", "pdf_active", "no such reason"):
        assert str(inspecting.refusal(reason).message)
    with pytest.raises(ValidationError, match="20 megapixels"):
        inspect(huge_png(5000, 4001), DOCUMENT)
