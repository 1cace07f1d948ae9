"""Rules about the files themselves."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\n")
PYTHON = [p for p in TRACKED if p.endswith(".py") and (ROOT / p).exists()]
TOP = {
    "network",
    "directory",
    "messaging",
    "api",
    "frontend",
    "tests",
    "manage.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "LICENSE",
    "CHANGELOG.md",
    ".ci",
    ".gitignore",
    ".pre-commit-config.yaml",
    "requirements.lock",
    "requirements-dev.lock",
}


def test_the_top_level_is_as_laid_out():
    assert {p.split("/")[0] for p in TRACKED if p} <= TOP


def test_no_module_passes_the_wall():
    lines = {
        path: len((ROOT / path).read_text().splitlines())
        for path in PYTHON
        if "/migrations/" not in path
    }
    assert {path: count for path, count in lines.items() if count > 400} == {}


def test_migrations_are_named_for_their_idea():
    for path in PYTHON:
        if "/migrations/" in path and not path.endswith("__init__.py"):
            assert re.fullmatch(r"\d{4}_[a-z_]+\.py", Path(path).name)
            assert "auto_" not in path


def test_one_model_a_file():
    for path in PYTHON:
        if "/models/" not in path:
            continue
        classes = [
            n for n in ast.parse((ROOT / path).read_text()).body if isinstance(n, ast.ClassDef)
        ]
        tables = [
            c
            for c in classes
            if not any("abstract = True" in (ast.unparse(s)) for s in c.body)
            and not c.name.endswith("Manager")
        ]
        assert len(tables) <= (2 if path.endswith("program_grant.py") else 1), path


def test_every_exemption_has_a_reason():
    pattern = re.compile(r"#\s*(noqa|type:\s*ignore|nosec|fmt:\s*off)(.*)$")
    for path in PYTHON:
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
            found = pattern.search(line)
            if not found or path == "tests/contracts/test_sources.py":
                continue
            assert re.search(r"[A-Z0-9\]]\s+(-|#)\s*\S+", found.group(2)), f"{path}:{number}"


def test_lock_files_name_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|file:", text)


def test_runtime_is_a_part_of_dev():
    def pins(name):
        return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_no_path_of_a_machine_is_in_the_tree():
    pattern = re.compile(r"/(?:home|root|work|Users)/[a-z]")
    for path in TRACKED:
        full = ROOT / path
        if (
            path
            and full.is_file()
            and full.suffix in {".py", ".md", ".toml", ".html", ".js", ".css", ""}
        ):
            found = pattern.search(full.read_text(errors="replace"))
            assert not found or path.startswith("tests/contracts/"), path
