"""What a rulebook was read from: for whoever looks at rules as they are written."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path

from bot.rulebook.located import Mapping, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file."""

    path: Path
    root: Mapping
    lists: MappingType[str, Sequence]
    """Named lists with their entries, wherever those stand."""
    checkers: MappingType[str, Mapping]
    """Roots of the checker files that it names, by the names of the checkers."""

    def rules(self) -> MappingType[str, Mapping]:
        """The keys of each rule as they stand in the file, by its id."""
        rules = self.root.get("rules")
        found = {}
        for each in rules.items if isinstance(rules, Sequence) else ():
            name = each.get("id") if isinstance(each, Mapping) else None
            if isinstance(each, Mapping) and isinstance(name, Scalar):
                found[name.text] = each
        return found


@dataclass(frozen=True, slots=True)
class Sources:
    """Every file that was read."""

    files: tuple[RuleFile, ...]
    texts: MappingType[Path, bytes]
    """List and checker files too."""
