"""What every code of ``warden check`` means: one code for a terminal, all of them as docs/checks.md."""

import textwrap

import click

from bot.rulebook.codes import MEANINGS, Code
from bot.rulebook.reading import suggestion

HEAD = """\
# What `warden check` finds

This page is made by `make schemas`; every example on it is run by the tests.

`warden check [PATH…]` reads rule files, the lists, checkers and tests beside them, and shows three things in one run:

* **errors** (`E…`): mistakes that keep a file from being used, each with its place and the cure;
* **failing tests** (`E041`): a rule whose own tests fail is not used either;
* **warnings** (`W…`): rules that load and probably do not do what was meant. They are looked for once nothing keeps the
  files from being read.

It ends with 0 when there is no error and with 1 when there is one. With `--strict`, warnings count too: that is for CI.

## Switching a warning off

A comment on the line, or on a line of its own above it, switches one warning off there, and says why:

```yaml
then: [remove]  # warden: allow W005 because moderators look at every removal of this rule
```

Several codes are set apart by commas. A comment without a reason is a finding itself (`W040`), and so is one that
switches nothing off (`W041`). Errors cannot be switched off. In list files the comment stands above the entry.

## Curing

`warden check --fix` writes the cures that need no human into the files; comments and layout stay. `--fix --diff` only
shows them. Cured are:

* a value that is in a list twice (`W035`): the second goes, unless a comment stands beside it;
* backslashes that change nothing in a regular expression (`W024`);
* a value that other programs read otherwise (`W036`): it is put in quotes;
* `https://` around a host in `domain` (`E024`), when nothing else is said: `domain` means the whole site;
* `www.` before a host in `domain` (`W034`). This makes the condition hold for the site and all its subdomains, which is
  what `domain` means, and it is not done where a rule's own test says otherwise; the others change no answer at all.

A regular expression that is a plain text (`W022`) is not rewritten: a plain text also finds disguised spellings.

## For programs

`--format json` prints one object. `version` is 1 as long as nothing below is taken away or changes its meaning.

| key | what it is |
|---|---|
| `rules`, `tests` | how many were read; 0 when an error keeps the files from being used |
| `errors`, `warnings` | how many findings of each |
| `findings` | a list, sorted by place |
| `code`, `severity` | as below; `error` or `warning` |
| `path` | as it was named, with `/` |
| `line`, `column`, `end_column` | from 1, in code points, the end not included; `null` for a whole file |
| `message`, `help` | what is wrong, and the cure |
| `fixable` | whether `--fix` cures it |

`--format github` prints workflow commands, which GitHub shows beside the lines. `--format sarif` prints SARIF 2.1.0
with columns in code points, addresses relative to the working folder, and the cures of `--fix`.

## Examples

The examples below are keys of a rule that is otherwise all right, or of a file around it. The sidebars beside it have
the rules "1. No gadgets." and, for `technology@lemmy.example`, "2. Be kind."
"""


def page() -> str:
    """Markdown of all codes."""
    parts = [HEAD]
    for severity, title in (("error", "## Errors"), ("warning", "## Warnings")):
        parts.append(f"{title}\n")
        parts += [_section(code) for code in Code if code.severity == severity]
    return "\n".join(parts)


def explained(word: str) -> str:
    """One code for a terminal. Raises UsageError for a code that is not there."""
    known = {code.value: code for code in Code}
    if word.upper() not in known:
        raise click.UsageError(f"there is no code `{word}`. Cure: {suggestion(word.upper(), tuple(known))}.")
    meaning = MEANINGS[known[word.upper()]]
    example = f"\n\n{textwrap.indent(meaning.example, '    ')}" if meaning.example else ""
    return f"{word.upper()}: {meaning.title}\n\n{textwrap.fill(meaning.about, 100)}{example}"


def _section(code: Code) -> str:
    meaning = MEANINGS[code]
    example = f"\n```yaml\n{meaning.example}\n```\n" if meaning.example else ""
    return f"### {code}: {meaning.title}\n\n{textwrap.fill(meaning.about, 120)}\n{example}"
