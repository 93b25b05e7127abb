"""Make a virtual environment at the path given, or say what the system lacks and how to get it."""

import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

MINIMUM = (3, 11)


def install_ensurepip() -> None:
    """Debian and Ubuntu package the part of ``venv`` that brings pip on its own."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Python's venv module is incomplete here. Cure: sudo apt-get install {package}")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", package], check=True)


def main() -> None:
    target = sys.argv[1]
    if sys.version_info < MINIMUM:
        sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Cure: make PYTHON=python3.12 …")
    if Path(target, "bin", "python").exists():
        return
    if find_spec("ensurepip") is None or (find_spec("ensurepip._bundled") is None and not _wheels_elsewhere()):
        install_ensurepip()
    venv.create(target, with_pip=True)


def _wheels_elsewhere() -> bool:
    """Distributions may keep the bundled wheels outside the module."""
    return Path("/usr/share/python-wheels").is_dir()


if __name__ == "__main__":
    main()
