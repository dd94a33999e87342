"""What README.md tells a newcomer to do works."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import building
from building import ROOT

CHECK = (sys.executable, "-c", "from viva.cli import main; main()", "check", "--format", "json")


def test_the_example_question_is_sound(tmp_path):
    building.copied(ROOT, tmp_path)
    with (tmp_path / "quizzes" / "anatomy.yml").open("a", encoding="utf-8") as bank:
        bank.write(_example())
    done = subprocess.run(CHECK, cwd=tmp_path, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert not [p for p in report["problems"] if p["question"] == "lowest-deep-gluteal"]


def _example() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(  - id: lowest-deep-gluteal\n.*?)```", readme, re.DOTALL)
    assert found
    return found[1]
