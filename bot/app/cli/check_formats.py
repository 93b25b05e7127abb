"""What ``warden check`` finds, for people and for programs."""

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.app.checking import Checked
from bot.rulebook.codes import MEANINGS, Code
from bot.rulebook.diagnostic import Diagnostic, Edit, Place

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
CODES = tuple(Code)


def text(checked: Checked) -> Iterator[str]:
    """For a terminal."""
    for each in checked.findings:
        yield each.render() + "\n"
    read = f"{_count(checked.rules, 'rule')}, {_count(checked.tests, 'test')}"
    if not checked.findings:
        yield f"{read}: no mistakes"
        return
    fixable = sum(bool(each.fix) for each in checked.findings)
    told = [
        _count(len(some), noun) for some, noun in ((checked.errors, "error"), (checked.warnings, "warning")) if some
    ]
    before = "" if checked.errors else f"{read}: "
    yield before + ", ".join(told) + (f"; `--fix` cures {fixable} of them" if fixable else "")


def as_json(checked: Checked) -> Iterator[str]:
    """One object; docs/checks.md says what is in it."""
    described = {
        "version": 1,
        "rules": checked.rules,
        "tests": checked.tests,
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "findings": [_described(each) for each in checked.findings],
    }
    yield json.dumps(described, ensure_ascii=False, indent=2)


def github(checked: Checked) -> Iterator[str]:
    """Workflow commands: GitHub shows each beside its line."""
    for each in checked.findings:
        properties = {"file": _relative(each.place.path), **_github_place(each.place)}
        properties["title"] = f"{each.code} {MEANINGS[each.code].title}"
        told = ",".join(f"{name}={_escaped_property(str(value))}" for name, value in properties.items())
        message = _escaped(f"{each.message}\n{each.help}")
        yield f"::{each.code.severity} {told}::{message}"


def sarif(checked: Checked) -> Iterator[str]:
    """SARIF 2.1.0."""
    driver = {
        "name": "Warden",
        "version": version("lemmy-warden"),
        "rules": [_sarif_rule(code) for code in CODES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each) for each in checked.findings],
    }
    yield json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Checked], Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}


def _described(found: Diagnostic) -> dict[str, Any]:
    place = found.place
    return {
        "code": found.code.value,
        "severity": found.code.severity,
        "path": place.path.as_posix(),
        "line": place.line or None,
        "column": place.column or None,
        "end_column": place.column + place.width if place.line else None,
        "message": found.message,
        "help": found.help,
        "fixable": bool(found.fix),
    }


def _github_place(place: Place) -> dict[str, int]:
    if not place.line:
        return {}
    return {
        "line": place.line,
        "endLine": place.line,
        "col": place.column,
        "endColumn": place.column + place.width,
    }


def _escaped(data: str) -> str:
    return data.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(code: Code) -> dict[str, Any]:
    meaning = MEANINGS[code]
    example = f"\n\n```yaml\n{meaning.example.strip()}\n```" if meaning.example else ""
    return {
        "id": code.value,
        "name": "".join(word.capitalize() for word in code.name.split("_")),
        "shortDescription": {"text": meaning.title},
        "fullDescription": {"text": meaning.about},
        "help": {"text": meaning.about, "markdown": meaning.about + example},
        "defaultConfiguration": {"level": code.severity},
    }


def _sarif_result(found: Diagnostic) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code.value,
        "ruleIndex": CODES.index(found.code),
        "level": found.code.severity,
        "message": {"text": f"{found.message}\n{found.help}"},
        "locations": [{"physicalLocation": _sarif_location(found.place)}],
    }
    if found.fix:
        result["fixes"] = [
            {"description": {"text": found.help}, "artifactChanges": [_sarif_change(each) for each in found.fix]}
        ]
    return result


def _sarif_location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
    if place.line:
        location["region"] = _region(place)
    return location


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line,
        "endColumn": place.column + place.width,
    }


def _sarif_change(edit: Edit) -> dict[str, Any]:
    line = edit.place.line
    whole = {"startLine": line, "startColumn": 1, "endLine": line + 1, "endColumn": 1}
    replacement = {
        "deletedRegion": whole if edit.text is None else _region(edit.place),
        "insertedContent": {"text": edit.text or ""},
    }
    return {"artifactLocation": {"uri": _uri(edit.place.path)}, "replacements": [replacement]}


def _relative(path: Path) -> str:
    """As seen from where the command runs, where that is above it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _uri(path: Path) -> str:
    relative = _relative(path)
    return Path(relative).as_uri() if Path(relative).is_absolute() else quote(relative)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
