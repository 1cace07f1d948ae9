"""Files through a real browser without scripts, and from one node to another by commands."""

import json
import os
import subprocess
import sys

import pytest

from tests.journeys.site import ROOT
from tests.pictures import jpeg_with_everything, pdf, picture

pytestmark = pytest.mark.journey
SLUG = "harbour-visitors"
DESK = f"/desk/{SLUG}/"
WIDTHS = {"phone": 390, "desk": 1280}
PICTURES = os.environ.get("PICTURES_OF_FILES")


@pytest.fixture(scope="module")
def owner(site):
    """The link by which the owner of a verified group signs in, and a program of theirs."""
    made = site.command(
        "create_organization",
        "--name=Harbour Visitors",
        "--country=GB",
        "--owner-email=amara@harbour.example",
        "--verified",
        "--json",
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)["owner"]["sign_in_link"]


@pytest.fixture(scope="module")
def page(browser, site, owner):
    """A browser without scripts in which the owner is signed in."""
    context = browser.new_context(
        base_url=site.origin,
        java_script_enabled=False,
        viewport={"width": WIDTHS["desk"], "height": 900},
        accept_downloads=True,
    )
    page = context.new_page()
    page.goto(owner)
    page.get_by_role("button", name="Sign in").first.click()
    yield page
    context.close()


def look(page, name):
    """Keep pictures of a page where the environment says so; it fits at either width."""
    for size, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{size}.png", full_page=True)
        box = page.locator("main").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def given(name, content):
    kinds = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
    return {
        "name": name,
        "mimeType": kinds.get(name[-3:], "text/plain"),
        "buffer": content,
    }


def test_a_document_goes_up_and_comes_down_and_is_deleted_and_comes_back(page):
    page.goto(f"{DESK}documents/")
    look(page, "documents-empty")
    for name, title, content in (
        ("rules.pdf", "Rules of the centre, 2026", pdf()),
        ("notes.txt", "ملاحظات الاجتماع", "نص\n".encode()),
        ("map.jpg", "", jpeg_with_everything()),
    ):
        page.get_by_label("What it is").fill(title)
        page.get_by_label("The file").set_input_files([given(name, content)])
        page.get_by_role("button", name="Add the document").click()
        assert page.get_by_text("Added.").is_visible()
    look(page, "documents")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Rules of the centre, 2026").click()
    assert fetched.value.suggested_filename == "Rules of the centre, 2026.pdf"
    page.get_by_role("button", name="Delete ملاحظات الاجتماع").click()
    look(page, "documents-deleted")
    page.get_by_role("button", name="Bring back").click()
    assert page.get_by_text("It is back.").is_visible()


@pytest.mark.parametrize("megabytes", [6, 12])
def test_a_file_that_is_too_long_is_told_so_and_not_with_a_broken_connection(page, megabytes):
    page.goto(f"{DESK}documents/")
    page.get_by_label("The file").set_input_files(
        [given("long.txt", b"x" * megabytes * 1024 * 1024)]
    )
    page.get_by_role("button", name="Add the document").click()
    assert page.get_by_text("Choose a file of at most 5 MB.").first.is_visible()
    look(page, "documents-too-long")


def test_a_logo_and_a_photo_are_set_and_seen(page):
    page.goto(f"{DESK}files/logo/")
    page.get_by_label("The picture").set_input_files(
        [given("logo.png", picture((300, 200), mode="RGBA", colour=(156, 61, 26, 255)))]
    )
    page.get_by_role("button", name="Save the logo").click()
    assert page.get_by_text("The logo is saved.").is_visible()
    look(page, "logo")
    page.goto(f"{DESK}settings/")
    assert page.get_by_alt_text("Logo of Harbour Visitors").is_visible()
    look(page, "settings")
    width = page.get_by_alt_text("Logo of Harbour Visitors").evaluate("one => one.naturalWidth")
    assert width == 300


def test_a_photo_is_set_described_published_and_seen_by_everybody(page, browser, site):
    page.goto(f"{DESK}programs/new/")
    page.get_by_label("Name", exact=False).first.fill("Harbour Visitors of the North")
    page.locator("main form").get_by_role("button").last.click()
    page.goto(f"{DESK}programs/")
    page.get_by_role("link", name="Harbour Visitors of the North").first.click()
    page.get_by_role("link", name="Add a photo").click()
    look(page, "photo-empty")
    page.get_by_label("The picture").set_input_files(
        [given("door.png", picture((1200, 800), colour=(90, 120, 110)))]
    )
    page.get_by_label("What it shows").first.fill("A green door with a bell beside it")
    page.get_by_role("button", name="Save the photo").click()
    assert page.get_by_text("The photo is saved.").is_visible()
    look(page, "photo")
    page.goto(f"{DESK}programs/")
    page.get_by_role("link", name="Harbour Visitors of the North").first.click()
    look(page, "program")
    page.get_by_role("button", name="Publish").first.click()
    page.get_by_role("link", name="See the public page").first.click()
    address = page.url
    context = browser.new_context(java_script_enabled=False)
    public = context.new_page()
    public.goto(address)
    shown = public.get_by_alt_text("A green door with a bell beside it")
    assert shown.is_visible()
    assert shown.evaluate("one => one.naturalWidth") == 1200
    look(public, "program-public")
    context.close()


def test_the_pages_turn_for_arabic(page):
    for path in ("documents/", "files/logo/", "export/"):
        page.goto(f"/ar{DESK}{path}")
        assert page.locator("html").get_attribute("dir") == "rtl"
        look(page, f"ar-{path.strip('/').replace('/', '-')}")


def test_everything_is_taken_along_and_loaded_on_another_node(page, site, tmp_path):
    page.goto(f"{DESK}export/")
    look(page, "export-ask")
    page.get_by_role("button", name="Make the export").click()
    look(page, "export")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Fetch the file").click()
    archive = tmp_path / "export.zip"
    fetched.value.save_as(archive)
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": "",
        "DATABASE_OWNER_URL": "",
        "REDIS_URL": "",
        "PUBLIC_ORIGIN": "https://other.example",
    }

    def command(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    assert command("migrate", "-v0").returncode == 0
    # A node that knows no countries yet says so, and takes the rest.
    early = command("import_organization", str(archive), "--json")
    assert early.returncode == 3, early.stderr
    assert "import_countries" in json.loads(early.stdout)["refused"][0]["reason"]
    countries = command("import_countries", "directory/sample/countries.csv")
    assert countries.returncode == 0, countries.stderr
    first = command("import_organization", str(archive), "--json")
    assert first.returncode == 0, first.stderr + first.stdout
    told = json.loads(first.stdout)
    assert told["organization"]["slug"] == SLUG
    assert told["refused"] == []
    again = json.loads(command("import_organization", str(archive), "--json").stdout)
    assert (again["created"], again["updated"]) == (0, 0)
    assert again["unchanged"] == told["created"] + told["unchanged"]
    kept = sorted((tmp_path / "var" / "uploads").glob("??/*"))
    assert len(kept) == 5
