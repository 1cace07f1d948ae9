"""Files for tests: pictures with everything in them that must not come out, and papers."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

# One for each place of a file that can hold words.
CANARIES = {
    place: f"CANARY-{place.upper()}-7f3a"
    for place in ("exif", "gps", "xmp", "icc", "comment", "thumbnail", "tail", "text", "ztext")
}
GPS_SECONDS = 123457


def picture(size=(64, 48), mode="RGB", form="PNG", colour=None, **options):
    """A picture of one colour in a format."""
    file = io.BytesIO()
    Image.new(mode, size, colour or 0).save(file, form, **options)
    return file.getvalue()


def spotted(size=(60, 40), orientation=1, form="JPEG"):
    """A white picture whose upper left quarter is red, said to be turned."""
    image = Image.new("RGB", size, "white")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    image.save(file, form, exif=exif)
    return file.getvalue()


def exif():
    """Device, words and a place."""
    made = Image.Exif()
    made[0x010E] = CANARIES["exif"]
    made[0x010F] = "Camera " + CANARIES["exif"]
    gps = made.get_ifd(0x8825)
    gps[1], gps[2] = "N", (51.0, 30.0, GPS_SECONDS / 100)
    gps[27] = CANARIES["gps"].encode()
    return made


def icc():
    """A profile with words in it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + CANARIES["icc"].encode()


def xmp():
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{CANARIES["xmp"]}</x:xmpmeta>'.encode()


def jpeg_with_everything(mode="RGB"):
    """A JPEG with a place, a device, a profile, a comment, a preview, and a page on its end."""
    file = io.BytesIO()
    Image.new(mode, (64, 48)).save(
        file,
        "JPEG",
        exif=exif(),
        icc_profile=icc(),
        xmp=xmp(),
        comment=CANARIES["comment"].encode(),
    )
    preview = b"JFXX\0\x10" + CANARIES["thumbnail"].encode()
    data = file.getvalue()
    data = data[:2] + b"\xff\xe0" + struct.pack(">H", len(preview) + 2) + preview + data[2:]
    tail = f"PK\x03\x04<html><script>alert('{CANARIES['tail']}')</script>".encode()
    return data + tail


def png_with_everything(mode="RGB"):
    file = io.BytesIO()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARIES["text"])
    words.add_text("Note", CANARIES["ztext"], zip=True)
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    Image.new(mode, (64, 48)).save(file, "PNG", pnginfo=words, exif=exif(), icc_profile=icc())
    return file.getvalue() + CANARIES["tail"].encode()


def webp_with_everything(mode="RGB"):
    file = io.BytesIO()
    Image.new(mode, (64, 48)).save(file, "WEBP", exif=exif(), icc_profile=icc(), xmp=xmp())
    return file.getvalue() + CANARIES["tail"].encode()


def animated(form):
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, form, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def huge_png(width, height):
    """A few bytes that say they are a picture of any size."""

    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(
            ">I", zlib.crc32(name + data)
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", b"") + part(b"IEND", b"")


def pdf(inside=b"", stream=None, filters=b"/FlateDecode"):
    """A PDF of one empty page; `inside` goes into its catalog, `stream` into packed objects."""
    packed = b""
    if stream is not None:
        data = zlib.compress(stream)
        packed = (
            b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter %s >>\nstream\n%s\n"
            b"endstream\nendobj\n" % (len(data), filters, data)
        )
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + inside + b" >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n"
        + packed
        + b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n9\n%%EOF\n"
    )
