"""Every kind of mistake and every doubt that Warden has about files, by a code that stays the same."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """``E…`` is an error: the file is not used. ``W…`` is a warning: it is used, and may not do what was meant.

    Documented in docs/checks.md, which is made from MEANINGS.
    """

    UNREADABLE = "E001"
    NOT_TEXT = "E002"
    TOO_LARGE = "E003"
    NOT_YAML = "E004"
    NOT_TAKEN = "E005"
    EMPTY = "E006"
    REPEATED_KEY = "E007"
    UNKNOWN_KEY = "E008"
    MISSING_KEY = "E009"
    WRONG_KIND = "E010"
    WRONG_VALUE = "E011"
    WRONG_NUMBER = "E012"
    WRONG_SPAN = "E013"
    WRONG_NAME = "E014"
    VERSION = "E015"
    TWICE = "E016"
    NOT_THERE = "E017"
    CONDITION_KEY = "E020"
    UNKNOWN_CONDITION = "E021"
    MODIFIER = "E022"
    NOTHING_ASKED = "E023"
    SETTING = "E024"
    PATTERN = "E025"
    OUT_OF_REACH = "E027"
    ACTION = "E030"
    REASON = "E031"
    PLACEHOLDER = "E032"
    DISCLOSED = "E033"
    CONTRADICTION = "E034"
    NOT_AN_ITEM = "E040"
    FAILED_TEST = "E041"
    CREDENTIAL = "E050"
    ADDRESS = "E051"
    NEVER = "W001"
    SWALLOWED = "W002"
    ONLY_EXCEPTIONS = "W003"
    AGE_EQUALS = "W004"
    UNGUARDED = "W005"
    NO_SIDEBAR = "W010"
    NOT_ENFORCED = "W011"
    NOT_IN_SIDEBAR = "W012"
    ONE_SIDED = "W013"
    UNTESTED = "W014"
    UNUSED = "W015"
    FINDS_ALL = "W020"
    COSTLY = "W021"
    LITERAL_REGEX = "W022"
    FORGOTTEN_REGEX = "W023"
    NEEDLESS_ESCAPE = "W024"
    NO_CASE = "W025"
    SHORT = "W030"
    INSIDE_WORDS = "W031"
    UNSPACED = "W032"
    SUFFIX = "W033"
    NO_DOMAIN = "W034"
    REPEATED = "W035"
    SURPRISE = "W036"
    BAD_ALLOWANCE = "W040"
    IDLE_ALLOWANCE = "W041"

    @property
    def is_warning(self) -> bool:
        return self.value.startswith("W")

    @property
    def severity(self) -> str:
        """``error`` or ``warning``."""
        return "warning" if self.is_warning else "error"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands about a code in the documentation."""

    title: str
    about: str
    example: str
    """Keys of a rule that cause it, or a file; empty where no text shows it."""


MEANINGS = {
    Code.UNREADABLE: Meaning(
        "A file cannot be read",
        "It is not there, is a folder, or its permissions keep Warden out.",
        "lists: {coins: {file: not-there.txt}}",
    ),
    Code.NOT_TEXT: Meaning("Not UTF-8 text", "The file was saved in another encoding. Save it as UTF-8.", ""),
    Code.TOO_LARGE: Meaning("Too large", "A rule file has at most a megabyte, a list file sixteen.", ""),
    Code.NOT_YAML: Meaning(
        "Not YAML", "The text breaks the rules of YAML at this place, or just before it.", "rules: [a, b"
    ),
    Code.NOT_TAKEN: Meaning(
        "YAML that is not taken here",
        "Anchors, aliases, merge keys, tags, several documents and very deep nesting hide what a file says.",
        "defaults: &d {mode: shadow}",
    ),
    Code.EMPTY: Meaning("Nothing in it", "The file, folder or list is empty.", "lists: {coins: []}"),
    Code.REPEATED_KEY: Meaning(
        "The same key twice",
        "YAML would keep the last one in silence. A search can be repeated as `title#2`.",
        "when: {title: [a], title: [b]}",
    ),
    Code.UNKNOWN_KEY: Meaning("An unknown key", "Nothing reads this key here.", "whenn: {title: [x]}"),
    Code.MISSING_KEY: Meaning(
        "A key is missing", "Without it the rest makes no sense.", "rules: [{when: {title: [x]}}]"
    ),
    Code.WRONG_KIND: Meaning(
        "A value of another kind", "A list, a group of keys, a text or true/false is wanted here.", "rules: yes"
    ),
    Code.WRONG_VALUE: Meaning("A word that is not known here", "Only some words make sense here.", "mode: remove"),
    Code.WRONG_NUMBER: Meaning("Not such a number", "Digits only; no octal, no sexagesimal.", "sidebar: 0x10"),
    Code.WRONG_SPAN: Meaning("Not such a span", "A number and a unit, or a share.", "act_on: some"),
    Code.WRONG_NAME: Meaning(
        "Not such a name", "Ids, checkers and communities have names of their own form.", "communities: [technology]"
    ),
    Code.VERSION: Meaning("The version of the language", "A file says which version it is written in.", "version: 2"),
    Code.TWICE: Meaning(
        "Something is there twice",
        "Two rules of one id would share a history; two accounts would act twice.",
        "rules: [{id: a, when: {title: [x]}}, {id: a, when: {title: [y]}}]",
    ),
    Code.NOT_THERE: Meaning(
        "What is named is not there",
        "A list, template, condition, rule or file that nothing defines.",
        "when: {title: {list: coins}}",
    ),
    Code.CONDITION_KEY: Meaning(
        "Not the key of a condition",
        "It is written `field`, `~field`, `field+field (modifier)` or `field#2`.",
        'when: {"title (regex": [x]}',
    ),
    Code.UNKNOWN_CONDITION: Meaning("An unknown condition", "No condition has this name.", "when: {titel: [x]}"),
    Code.MODIFIER: Meaning(
        "Modifiers that cannot be",
        "An unknown one, two placements at once, or one where none fits.",
        "when: {title (fuzzy): [x]}",
    ),
    Code.NOTHING_ASKED: Meaning("Nothing is asked", "A condition without anything to look for.", "when: {}"),
    Code.SETTING: Meaning(
        "A setting that cannot be used", "The condition is known, its setting makes no sense.", 'when: {age: "soon"}'
    ),
    Code.PATTERN: Meaning(
        "A pattern that cannot be used",
        "It is no regular expression, matches everything, or can take for ever on a hostile text.",
        "when: {title (regex): ['(?=x)']}",
    ),
    Code.OUT_OF_REACH: Meaning(
        "Out of reach",
        "No item can ever get so many points, or a signal does nothing.",
        "checker: gadgets\nsignals: [{id: named, weight: 1, title: [gadget]}]\nbands: {doubtful: 2, certain: 3}",
    ),
    Code.ACTION: Meaning("Not an action", "Nothing that a rule can ask for, or not in this way.", "then: [delete]"),
    Code.REASON: Meaning(
        "A reason that Lemmy would refuse",
        "Too long, or with placeholders that could quote a slur.",
        'reason: "see {{title}}"',
    ),
    Code.PLACEHOLDER: Meaning(
        "A placeholder that is not known", "Templates know a closed set.", 'then: [{reply: "Hi {{user}}"}]'
    ),
    Code.DISCLOSED: Meaning(
        "A template tells more than the rule discloses",
        "`disclose` holds back what the template would tell.",
        'disclose: nothing\nthen: [{reply: "You broke {{rule}}."}]',
    ),
    Code.CONTRADICTION: Meaning(
        "Actions that do not go together",
        "One lets the item stand and the other does not, or a `hold` has nothing to do when its time is over.",
        "then: [approve, remove]",
    ),
    Code.NOT_AN_ITEM: Meaning(
        "Not an item", "A test describes something that no post or comment can be.", "tests: [{keeps: {titel: x}}]"
    ),
    Code.FAILED_TEST: Meaning(
        "A test fails",
        "The rule says something else about the example. A rule whose own tests fail is not used.",
        "tests: [{breaks: {title: A gadget}}, {keeps: {title: Another gadget}}]",
    ),
    Code.CREDENTIAL: Meaning(
        "A secret", "It stands in the file, cannot be found, or others can read it.", "password: hunter2"
    ),
    Code.ADDRESS: Meaning(
        "An address that cannot be used", "Of an instance, or of the store.", "instance: http://lemmy.example"
    ),
    Code.NEVER: Meaning(
        "Can never hold",
        "The conditions of a rule, an alternative or a signal exclude each other, or are never so for such items.",
        "when:\n  - title: [gadget]\n  - title: [gizmo]\n    body_longer_than: 200\n    body_shorter_than: 100",
    ),
    Code.SWALLOWED: Meaning(
        "Another rule leaves it nothing to do",
        "A rule before it stops whatever it would find, or another one finds all of it and does as much.",
        "rules:\n"
        "  - id: all-gadgets\n    sidebar: 1\n    stop: true\n    when: {title: [gadget, gizmo]}\n"
        "    tests: [{breaks: {title: A gadget}}, {keeps: {title: A cat}}]\n"
        "  - id: gizmos\n    sidebar: 2\n    when: {title: [gizmo]}\n"
        "    tests: [{breaks: {title: A gizmo}}, {keeps: {title: A cat}}]",
    ),
    Code.ONLY_EXCEPTIONS: Meaning(
        "Only exceptions",
        "Conditions with `~` and `none` alone hold for nearly everything. Say what the rule is about.",
        "when: {~title: [gadget]}\ntests: [{breaks: {title: A cat}}, {keeps: {title: A gadget}}]",
    ),
    Code.AGE_EQUALS: Meaning(
        "An age that must be met exactly",
        "A span of time without a sign means *equals*, to the second. It wants `<` or `>`.",
        "when: {title: [gadget], age: 1 hour}\n"
        "tests:\n"
        "  - breaks: {title: A gadget}\n"
        '  - keeps: {title: A gadget, published: "2025-12-01T12:00:00Z"}\n'
        "  - keeps: {title: A cat}",
    ),
    Code.UNGUARDED: Meaning(
        "A removal or a ban without a condition on the author",
        "What takes something from a person should look at the person, or have an exception. Rules that only report, "
        "lock or answer need none.",
        "then: [remove]",
    ),
    Code.NO_SIDEBAR: Meaning(
        "Which written rule it enforces is not said",
        "Members can only be told what they broke when the rule carries the number from the sidebar.",
        "rules:\n  - id: gadgets\n    when: {title: [gadget]}\n"
        "    tests: [{breaks: {title: A gadget}}, {keeps: {title: A cat}}]",
    ),
    Code.NOT_ENFORCED: Meaning(
        "A written rule without a rule",
        "A copy of the sidebar lies beside the rule file, as `sidebar/NAME@HOST.md`, and lists a rule that no rule "
        "here carries.",
        "communities: [technology@lemmy.example]",
    ),
    Code.NOT_IN_SIDEBAR: Meaning(
        "The sidebar has no such rule",
        "A copy of the sidebar lies beside the rule file, and has no rule of this number: a typing mistake, or the "
        "sidebar has changed.",
        "communities: [gadgets@lemmy.example]\n"
        "rules:\n"
        "  - id: gadgets\n    sidebar: 1\n    when: {title: [gadget]}\n"
        "    tests: [{breaks: {title: A gadget}}, {keeps: {title: A cat}}]\n"
        "  - id: gizmos\n    sidebar: 11\n    when: {title: [gizmo]}\n"
        "    tests: [{breaks: {title: A gizmo}}, {keeps: {title: A cat}}]",
    ),
    Code.ONE_SIDED: Meaning(
        "Not tested on both sides",
        "A rule needs an example of what it finds, and one of what it leaves alone, beside it or in a file of tests.",
        "tests: [{breaks: {title: A gadget}}]",
    ),
    Code.UNTESTED: Meaning(
        "A condition that no test needs",
        "All tests of the rule pass without it. Either it does nothing, or a test is missing. It is told for rules "
        "that are tested on both sides.",
        "when: {title: [gadget], body: [cheap]}\n"
        "tests: [{breaks: {title: A gadget, body: It is cheap.}}, {keeps: {title: A cat, body: It is cheap.}}]",
    ),
    Code.UNUSED: Meaning(
        "Nothing uses it", "A list, template, condition or checker that no rule names.", "lists: {coins: [bitcoin]}"
    ),
    Code.FINDS_ALL: Meaning(
        "Finds something everywhere",
        "The pattern finds something in every one of several harmless texts that have nothing in common.",
        "when: {title (regex): ['\\w+']}\ntests: [{breaks: {title: A gadget}}, {keeps: {title: '!'}}]",
    ),
    Code.COSTLY: Meaning(
        "A costly pattern",
        "Its automaton is very large: RE2 needs more than 3,000 instructions for it, so it is slow to load, and a long "
        "text may be slow to search.",
        "when: {title (regex): ['(?:\\w{1,90} ){1,9}gadget']}\n"
        "tests: [{breaks: {title: Buy a gadget}}, {keeps: {title: A cat}}]",
    ),
    Code.LITERAL_REGEX: Meaning(
        "A regular expression without anything regular",
        "A plain value is found in disguise too (`g4dget`, `g a d g e t`); an expression is not.",
        "when: {title (regex): [gadget]}",
    ),
    Code.FORGOTTEN_REGEX: Meaning(
        "Looks like a regular expression",
        "Without `regex` among the modifiers, a value is looked for as it stands, signs and all.",
        "when: {title: ['gad.*']}\ntests: [{breaks: {title: The gad.* word}}, {keeps: {title: A cat}}]",
    ),
    Code.NEEDLESS_ESCAPE: Meaning(
        "Backslashes that change nothing",
        "`\\/` and `/` are the same in a regular expression.",
        "when: {title (regex): ['gadgets?\\/tools?']}\n"
        "tests: [{breaks: {title: A gadget/tool}}, {keeps: {title: A cat}}]",
    ),
    Code.NO_CASE: Meaning(
        "`case-sensitive` for nothing",
        "Nothing that is looked for has small and capital letters.",
        "when: {title (case-sensitive): ['100 %']}\n"
        "tests: [{breaks: {title: It is 100 % new}}, {keeps: {title: A cat}}]",
    ),
    Code.SHORT: Meaning(
        "Very short",
        "A value of one or two letters stands in too many texts by chance.",
        "when: {title: [zx]}\ntests: [{breaks: {title: The ZX is back}}, {keeps: {title: A cat}}]",
    ),
    Code.INSIDE_WORDS: Meaning(
        "Stands inside innocent words",
        "`includes` finds a value inside longer words. Filters have removed a great many people from Scunthorpe so.",
        "when: {title (includes): [eth]}\ntests: [{breaks: {title: Buy ETH}}, {keeps: {title: A cat}}]",
    ),
    Code.UNSPACED: Meaning(
        "A whole word where words are not set apart",
        "Chinese, Japanese, Thai and some other scripts put no spaces between words. There every place counts as the "
        "edge of a word, so a whole-word search finds the value inside longer words, as `includes` does.",
        "when: {title: [賭博]}\ntests: [{breaks: {title: 賭博サイト}}, {keeps: {title: A cat}}]",
    ),
    Code.SUFFIX: Meaning(
        "An ending, not a domain",
        "Under `com` or `co.uk` anybody can register a name, so every site there is meant.",
        "when: {domain: [co.uk]}\n"
        'tests: [{breaks: {title: x, url: "https://shop.co.uk/"}}, {keeps: {title: x, url: "https://shop.com/"}}]',
    ),
    Code.NO_DOMAIN: Meaning(
        "Not the domain of a site",
        "`domain` means a host and all its subdomains. With `www.` in front it leaves out the site itself; with a "
        "path or a scheme in it, it is never found.",
        "when: {domain: [www.example.org]}\n"
        'tests: [{breaks: {title: x, url: "https://www.example.org/"}}, {keeps: {title: x, url: "https://shop.com/"}}]',
    ),
    Code.REPEATED: Meaning("The same value twice", "The second does nothing.", "when: {title: [gadget, gadget]}"),
    Code.SURPRISE: Meaning(
        "Other programs read it otherwise",
        "Without quotes, many readers of YAML take `no`, `on`, `010` and `12:30` for something else than text. Warden "
        "does not, but an editor or a script may.",
        "when: {title: [gadget, yes]}",
    ),
    Code.BAD_ALLOWANCE: Meaning(
        "A comment that allows nothing",
        "A warning is switched off by its code and a reason, for the line of the comment or the one below it.",
        "title: No gadgets  # warden: allow W005",
    ),
    Code.IDLE_ALLOWANCE: Meaning(
        "A comment that is not needed",
        "There is no such warning in the line that the comment is about.",
        "title: No gadgets  # warden: allow W005 because it once removed",
    ),
}
