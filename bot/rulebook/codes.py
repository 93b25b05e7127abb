"""Every kind of mistake that Warden finds in files, by a code that stays the same."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """``E…`` is an error: the file is not used. Documented in docs/checks.md, which is made from MEANINGS."""

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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands about a code in the documentation."""

    title: str
    about: str
    example: str
    """A rule file, or a part of one, that causes it; empty where no file shows it."""


MEANINGS = {
    Code.UNREADABLE: Meaning(
        "A file cannot be read", "It is not there, is a folder, or its permissions keep Warden out.", ""
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
    Code.UNKNOWN_KEY: Meaning("An unknown key", "Nothing reads this key here.", "rules: [{id: a, wehn: {title: [x]}}]"),
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
        "Something is there twice", "Two rules of one id would share a history; two accounts would act twice.", ""
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
    Code.OUT_OF_REACH: Meaning("Out of reach", "No item can ever get so many points, or a signal does nothing.", ""),
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
        "A template tells more than the rule discloses", "`disclose` holds back what the template would tell.", ""
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
        "A test fails", "The rule says something else about the example. A rule whose own tests fail is not used.", ""
    ),
    Code.CREDENTIAL: Meaning(
        "A secret", "It stands in the file, cannot be found, or others can read it.", "password: hunter2"
    ),
    Code.ADDRESS: Meaning(
        "An address that cannot be used", "Of an instance, or of the store.", "instance: http://lemmy.example"
    ),
}
