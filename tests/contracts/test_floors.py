"""The floors hold, and a wrong import planted in a copy is caught by the right contract."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("network", "directory", "messaging", "api", "frontend")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_contract_is_kept():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")],
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("network/actions/audit.py", "import directory.models", "Floors"),
        ("network/models/job.py", "from directory.enums import Claim", "Floors"),
        ("directory/models/listing.py", "import frontend.context", "Floors"),
        ("directory/queries/freshness.py", "import messaging.apps", "Floors"),
        ("frontend/context.py", "import api.problems", "Floors"),
        ("network/models/job.py", "import network.actions.audit", "Rooms"),
        ("network/queries/memberships.py", "import network.permissions", "Rooms"),
        ("network/tenancy/actor.py", "import network.models", "Rooms"),
        ("directory/models/listing.py", "import directory.queries.freshness", "Rooms"),
        ("network/actions/audit.py", "import network.project.env", "Nobody imports"),
        ("frontend/context.py", "import network.project.settings", "Nobody imports"),
        ("directory/queries/freshness.py", "import rest_framework", "Models, actions"),
        ("network/actions/audit.py", "import channels.layers", "Models, actions"),
        ("directory/queries/freshness.py", "import guardian.shortcuts", "guardian"),
        ("frontend/context.py", "import guardian.shortcuts", "guardian"),
    ],
)
def test_a_planted_import_is_caught(copy, module, line, contract):
    path = copy / module
    before = path.read_text()
    try:
        path.write_text(f"{before}\n{line}\n")
        answer = lint(copy)
    finally:
        path.write_text(before)
    assert answer.returncode == 1
    broken = [row for row in answer.stdout.splitlines() if " BROKEN" in row]
    assert any(contract in row for row in broken), answer.stdout
