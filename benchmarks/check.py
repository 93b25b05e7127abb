"""``python -m benchmarks.check``: time and memory of ``warden check``: many rules, broken, hostile and large files."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.app.checking import check

CHECKOUT = Path(__file__).parents[1]
WARDEN = Path(sys.executable).parent / "warden"
ROUNDS = 5
RULES = 1_000
MEGABYTE = 1_000_000
HEAD = "version: 1\nrules:\n"
HOSTILE: Mapping[str, Callable[[], str]] = {
    "nested lists": lambda: "[" * MEGABYTE,
    "nested groups": lambda: "{a: " * (MEGABYTE // 4),
    "nested blocks": lambda: "\n".join(" " * n + "a:" for n in range(1_300)),
    "many values": lambda: "[" + "a," * (MEGABYTE // 2 - 8) + "]",
    "many keys": lambda: "\n".join(f"k{n}: 1" for n in range(90_000)),
    "the same key": lambda: "a: 1\n" * (MEGABYTE // 5),
    "anchors in anchors": lambda: "\n".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(20)),
    "one long text": lambda: HEAD + "  - {id: a, when: {title: ['" + "x" * (MEGABYTE - 60) + "']}}",
    "a large repeat": lambda: HEAD + "  - {id: a, when: {'title (regex)': ['(((a{1,99}){1,99}){1,99}){1,99}']}}",
    "deep groups in an expression": lambda: (
        HEAD + f"  - {{id: a, when: {{'title (regex)': ['{'(' * 50_000}{')' * 50_000}']}}}}"
    ),
    "a line without an end": lambda: HEAD + "#" * (MEGABYTE - 30),
    "only line ends": lambda: "\n" * MEGABYTE,
    "signs of comments": lambda: (
        HEAD + "  - {id: a, when: {title: [x]}} # warden: allow\n" + "# warden: allow\n" * 60_000
    ),
    "marks without letters": lambda: HEAD + '  - {id: a, when: {title: ["' + "\u0301" * 400_000 + '"]}}',
}
"""What a file may hold to make reading it long: none of it is of use to anybody."""
LARGE: Mapping[str, Callable[[], str]] = {
    "many words": lambda: HEAD + "  - {id: a, when: {title: [" + ",".join(f"w{n}" for n in range(120_000)) + "]}}",
    "many rules": lambda: HEAD + "".join(f"  - {{id: r{n}, when: {{title: [gadget]}}}}\n" for n in range(23_000)),
    "many conditions": lambda: (
        HEAD
        + "  - {id: a, when: {all: ["
        + "{title: [a]}," * 40_000
        + "]}, tests: [{breaks: {title: a}}, {keeps: {title: b}}]}"
    ),
    "many alternatives": lambda: (
        HEAD + "  - {id: a, when: {all: [" + "{any: [{title: [a]}, {body: [b]}]}," * 9_000 + "]}}"
    ),
    "many expressions": lambda: (
        HEAD
        + "  - {id: a, when: {'title (regex)': ["
        + ",".join(f"'x{n}(?:a|b){{1,50}}'" for n in range(9_000))
        + "]}}"
    ),
}
"""Files that load, as large as a file may be."""


def rules(number: int) -> Iterator[str]:
    """Many rules of several kinds, eighteen lines each, with tests of both sides."""
    yield from ("version: 1", 'communities: ["technology@lemmy.example"]', "rules:")
    for n in range(number):
        search = ("title", "title+body (includes-word)", "title (includes)", "title (regex)")[n % 4]
        words = [f"{word}{n}" for word in ("gadgetry", "sprockets", "grommets", "flanges")]
        values = [f"'{word}s?'" for word in words] if "regex" in search else words
        new, old = "author: {account_age: 1 hour}", "author: {account_age: 2 years}"
        shop, site = 'url: "https://a.example/"', f'url: "https://site{n}.example.org/"'
        yield from (
            f"  - id: rule-{n}",
            f"    sidebar: {n % 9 + 1}",
            f"    title: No {words[0]}",
            "    on: posts",
            "    when:",
            f"      {search}: [{', '.join(values)}]",
            f"      ~domain: [site{n}.example.org]",
            "    unless:",
            f'      author: {{account_age: "> {n % 300 + 1} days"}}',
            "    mode: report",
            "    then: [report]",
            f'    reason: "No {words[0]} please"',
            f'    repair: "Leave out {words[0]}"',
            "    tests:",
            f'      - breaks: {{title: "Buy {words[0]}", {shop}, {new}}}',
            f'      - keeps: {{title: "Buy nothing", {shop}, {new}}}',
            f'      - keeps: {{title: "Buy {words[1]}", {site}, {new}}}',
            f'      - keeps: {{title: "Buy {words[2]}", {shop}, {old}}}',
            "",
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.yaml"
        path.write_text("\n".join(rules(RULES)))
        lines = path.read_text().count("\n")
        print(f"warden check, {RULES:,} rules, {lines:,} lines: {_seconds('check', str(path))}")
        print(f"warden check rules: {_seconds('check', str(CHECKOUT / 'rules'))}")
        print(f"warden check --help: {_seconds('check', '--help')}")
        _worst("broken files", sorted((CHECKOUT / "tests" / "data" / "broken").glob("*.yaml")))
        _worst("hostile files", _written(HOSTILE, Path(folder)))
        _worst("large files", _written(LARGE, Path(folder)))


def _written(made: Mapping[str, Callable[[], str]], folder: Path) -> list[Path]:
    paths = []
    for name, make in made.items():
        paths.append(folder / f"{name}.yaml")
        paths[-1].write_text(make(), encoding="utf-8")
    return paths


def _seconds(*arguments: str) -> str:
    """Of the clock, and of the processor, which a busy machine changes less."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), _used()
        subprocess.run([WARDEN, *arguments], check=False, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - began)
        processor.append(_used() - used)
    spread = f"{min(clock):.2f} to {max(clock):.2f}"
    return f"{statistics.median(clock):.2f} s ({spread}), of the processor {statistics.median(processor):.2f} s"


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _worst(what: str, paths: list[Path]) -> None:
    measured = [(*_alone(path), path) for path in paths]
    print(f"{len(paths)} {what}")
    for seconds, mebibytes, path in sorted(measured, reverse=True)[:5]:
        print(f"  {seconds:5.2f} s  {mebibytes:5.0f} MiB  {path.stem}")
    print(f"  most memory: {max(each[1] for each in measured):.0f} MiB, with Python and Warden in it")


def _alone(path: Path) -> tuple[float, float]:
    """Seconds of the processor, and mebibytes at most, of a process of its own that checks one file."""
    child = os.fork()
    if not child:
        check([path])
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    assert status == 0, path
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
