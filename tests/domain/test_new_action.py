"""Whoever adds an action is told by the type checker where it has to be known."""

import re
import shutil
import subprocess
import sys

from tests.paths import CHECKOUT

HANDLERS = {
    "bot/engine/wishes.py",
    "bot/engine/plan.py",
    "bot/engine/wording.py",
    "bot/engine/objections.py",
    "bot/store/consequences.py",
    "bot/lemmy/gateway.py",
    "bot/lemmy/readback.py",
}
NEW_CLASS = '''@dataclass(frozen=True, slots=True)
class Applaud:
    """New."""

    kind: ClassVar = ActionKind.APPLAUD


Action = Applaud | '''


def test_mypy_names_every_place_that_has_to_know_a_new_action(tmp_path):
    shutil.copytree(CHECKOUT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    actions = tmp_path / "bot" / "domain" / "action.py"
    text = actions.read_text().replace('    NOTIFY = "notify"\n', '    NOTIFY = "notify"\n    APPLAUD = "applaud"\n', 1)
    actions.write_text(text.replace("Action = ", NEW_CLASS, 1))
    command = [
        sys.executable,
        "-m",
        "mypy",
        f"--cache-dir={tmp_path / 'cache'}",
        "bot/engine",
        "bot/store",
        "bot/lemmy",
    ]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    named = re.findall(r"^([\w/]+\.py):\d+: error: .*\"Applaud\"  \[exhaustive-match\]$", checked.stdout, re.MULTILINE)
    assert set(named) == HANDLERS, checked.stdout + checked.stderr
