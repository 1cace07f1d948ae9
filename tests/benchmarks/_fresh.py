"""A new node without sample data, as an operator makes it, for proofs that fill it themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks._result import ROOT


def run(command: list[str], variables: Mapping[str, str]) -> str:
    """What a command prints, with no database or Redis but of `variables`."""
    alone = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **alone, **variables},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def told(command: list[str], variables: Mapping[str, str]) -> Any:
    """The document that a command prints in its last line."""
    return json.loads(run(command, variables).splitlines()[-1])


def make_node(folder: Path, databases: Mapping[str, str]) -> dict[str, str]:
    """Tables, roles and static files of a new node; the variables by which it is run."""
    variables = {**databases, "DATA_DIR": str(folder)}
    run(["manage.py", "migrate", *(("--database", "owner") if databases else ())], variables)
    if databases:
        run(["manage.py", "prepare_database"], variables)
    run(["manage.py", "collectstatic", "--noinput"], variables)
    return variables
