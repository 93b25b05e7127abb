"""What the import made of a file, as text for a moderator."""

from collections import Counter
from collections.abc import Iterator

from bot.automod.findings import Effect, Finding, Status
from bot.automod.importing import Import, Imported, State

MEANINGS = {
    Status.DIRECT: "works on Lemmy 0.19 and 1.0",
    Status.EMULATED: "Warden makes up for it",
    Status.NEEDS_NEWER: "needs Lemmy 1.0",
    Status.NOTHING: "means nothing on Lemmy",
}
DIFFERENCES = (
    "Lemmy's link posts may carry a text: `body` searches and measures it. AutoModerator looked at no text of a link.",
    "`domain` takes the domain and all below it. AutoModerator's engine took `my-example.com` for `example.com`, too.",
    "AutoModerator stops after the first rule that removes. Warden asks all and does what they want together.",
    "A fact that is not known makes a rule do nothing; AutoModerator took what it did not know for absent.",
    "Admins of the instance are exempt where moderators are.",
    "Searches are `verbatim`, as AutoModerator did them. Without that word, disguised spellings are found as well.",
)
BADGE = " [needs Lemmy 1.0]"


def report(found: Import, name: str) -> str:
    """Counts, what differs, and every rule with everything that is to be said about it."""
    return "\n".join(_lines(found, name)) + "\n"


def summary(found: Import, name: str) -> str:
    """One line."""
    counts = ", ".join(f"{found.count(state)} {state}" for state in State)
    return f"{name}: {_counted(len(found.rules), 'rule')}: {counts}"


def _lines(found: Import, name: str) -> Iterator[str]:
    yield f"# What became of {name}"
    yield ""
    yield f"{summary(found, name)}."
    if found.findings:
        yield ""
    for finding in found.findings:
        yield f"- {_said(finding)}"
    yield from _keys(found)
    if found.rules:
        yield ""
        yield "## What differs"
        yield ""
        yield from (f"- {each}" for each in DIFFERENCES)
        yield ""
        yield "## Rule by rule"
    for rule in found.rules:
        yield from _rule(rule)


def _keys(found: Import) -> Iterator[str]:
    counts = Counter(status for rule in found.rules for _, status in rule.statuses)
    if not counts:
        return
    yield ""
    yield "| keys | | |"
    yield "|---|---|---|"
    for status in Status:
        yield f"| {counts[status]} | {status} | {MEANINGS[status]} |"


def _rule(rule: Imported) -> Iterator[str]:
    yield ""
    yield f"### {rule.number}. {rule.title}{BADGE if rule.needs_newer else ''}"
    yield ""
    yield f"Line {rule.line}, `{rule.id}`: **{rule.state}**."
    if rule.findings:
        yield ""
    for finding in rule.findings:
        yield f"- {_said(finding)}"


def _said(finding: Finding) -> str:
    where = f"line {finding.line}, `{finding.key}`: " if finding.key else f"line {finding.line}: "
    mark = "" if finding.effect is Effect.NOTE else f"**{finding.effect}** "
    cure = f". Cure: {finding.cure}" if finding.cure else ""
    status = f" ({finding.status})" if finding.status else ""
    return f"{mark}{where}{finding.message}{status}{cure}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
