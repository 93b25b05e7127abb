"""Putting several new files into a folder: all of them whole, or none, and nothing that is there already is touched."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

STAGING = ".warden-init-"
"""Begins the name of the folder in which the files wait; only its owner can look inside."""


class CannotWrite(Exception):
    """The files cannot be put there; says why, and the cure."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """One file to be."""

    path: str
    """Below the folder, with ``/``."""
    content: bytes = field(repr=False)
    is_secret: bool = False
    """Whether only its owner may read it."""


def refuse(folder: Path, paths: Sequence[str], *, force: bool) -> None:
    """Raises CannotWrite for whatever stands in the way. With ``force`` files may be there, but nothing else."""
    _refuse_folder(folder)
    for path in paths:
        target = folder / path
        for parent in _between(folder, target):
            if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
                raise CannotWrite(f"{parent} is no ordinary folder. Cure: move it away, or name another folder")
        if target.is_dir() and not target.is_symlink():
            raise CannotWrite(f"{target} is a folder. Cure: move it away, or name another folder")
        if os.path.lexists(target) and not force:
            raise CannotWrite(f"{target} is there already. Cure: name another folder, or overwrite it with --force")


def write(
    folder: Path, files: Sequence[NewFile], check: Callable[[Path], None] = lambda _: None, *, force: bool
) -> None:
    """Put all files in, the last one last. Raises CannotWrite, and what ``check`` raises; then nothing has changed.

    ``check`` is shown a folder with the same files before they are put in.
    """
    refuse(folder, [each.path for each in files], force=force)
    try:
        with _made(folder), TemporaryDirectory(dir=folder, prefix=STAGING) as name:
            staging = Path(name)
            for file in files:
                _stage(staging / file.path, file)
            check(staging)
            _move(staging, folder, files)
    except OSError as error:
        where = error.filename or folder
        raise CannotWrite(
            f"{where} cannot be written: {error.strerror}. Cure: mend the permissions, or name another folder"
        ) from None


def _refuse_folder(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CannotWrite(f"{folder} is no folder. Cure: name another one")
    if folder.stat().st_mode & stat.S_IWOTH:
        raise CannotWrite(
            f"everybody on this machine can write into {folder}, and so change what the bot does. "
            f"Cure: `chmod o-w {folder}`, or name another folder"
        )


def _between(folder: Path, target: Path) -> list[Path]:
    """The folders below ``folder`` that lead to ``target``, outermost first."""
    return [folder / each for each in reversed(target.relative_to(folder).parents) if each != Path()]


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder is there; it is taken away again when it was made for nothing."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        _drop_empty(missing)


def _drop_empty(folders: Sequence[Path]) -> None:
    """Innermost first; what holds anything stays."""
    with suppress(OSError):
        for each in folders:
            each.rmdir()


def _stage(path: Path, file: NewFile) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if file.is_secret else 0o666)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(file.content)


def _move(staging: Path, folder: Path, files: Sequence[NewFile]) -> None:
    before = staging / ".before"  # keeps what is overwritten until everything is in its place
    begun: list[tuple[Path, bool]] = []
    made: list[Path] = []
    try:
        for file in files:
            target = folder / file.path
            for parent in _between(folder, target):
                if not parent.exists():
                    made.insert(0, parent)
                    parent.mkdir()
            begun.append((target, os.path.lexists(target)))
            if begun[-1][1]:
                (before / file.path).parent.mkdir(parents=True, exist_ok=True)
                target.rename(before / file.path)
            (staging / file.path).rename(target)
    except BaseException:
        for target, was_there in begun:
            _take_back(target, before / target.relative_to(folder), was_there=was_there)
        _drop_empty(made)
        raise


def _take_back(target: Path, saved: Path, *, was_there: bool) -> None:
    if os.path.lexists(saved):
        saved.replace(target)
    elif not was_there:
        target.unlink(missing_ok=True)
