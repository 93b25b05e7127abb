"""``python -m benchmarks.rule_tests``: how long ``warden test`` takes for a thousand tests, start and end included."""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

RULES = Path(__file__).parents[1] / "rules"
TESTS = 1_000
ROUNDS = 5


class Plain(yaml.SafeDumper):
    """Without anchors: rule files take none."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        shutil.copytree(RULES, rules)
        _fill(rules)
        command = [sys.executable, "-m", "bot", "test", str(rules)]
        times = [_seconds(command) for _ in range(ROUNDS)]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{TESTS:,} tests: {statistics.median(times):.2f} s, from {min(times):.2f} to {max(times):.2f}")
    print(f"of a processor: {(used.ru_utime + used.ru_stime) / ROUNDS:.2f} s")


def _fill(rules: Path) -> None:
    """A file of tests that makes a thousand out of the pack's own, over and over."""
    pack = yaml.load((rules / "technology.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    own = [{"rule": rule["id"], **test} for rule in pack["rules"] for test in rule["tests"]]
    more = [own[number % len(own)] for number in range(TESTS - len(own))]
    content = {"version": 1, "rules": "technology.yaml", "tests": more}
    (rules / "technology.test.yaml").write_text(yaml.dump(content, Dumper=Plain, sort_keys=False), encoding="utf-8")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert f"{TESTS:,} of {TESTS:,} tests passed" in ran.stdout, ran.stdout + ran.stderr
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
