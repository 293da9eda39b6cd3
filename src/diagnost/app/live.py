"""Knowledge while it is being written: problems, what may follow, what a name means."""

from collections.abc import Mapping
from pathlib import Path

from diagnost.app.hand import Hand
from diagnost.app.open_content import OpenContent
from diagnost.check.examples import check_example, trials
from diagnost.check.lint import lint
from diagnost.explain.branch import draw
from diagnost.explain.names import Names
from diagnost.explain.show import show
from diagnost.explain.while_writing import Offer, entry_at, name_at, offers, place_of
from diagnost.knowledge.files import topic_of
from diagnost.knowledge.grammar import file_kind, grammar
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.pipeline import plan_of

_WIDTH = 80
_UNREADABLE = frozenset({"K201", "K202", "K203", "K206", "K209"})
"""With these problems examples would tell the same again in other words."""


class LiveContent:
    """One pack or folder of knowledge as its author has it open; ``unsaved`` are texts by path."""

    def __init__(self, root: Path, language: str = "en") -> None:
        self.content = OpenContent(root)
        self.language = language
        self.unsaved: dict[str, str] = {}
        self._base: KnowledgeBase | None = None

    def name_of(self, path: Path) -> str:
        """Return the path of a file within the root."""
        return path.absolute().relative_to(self.content.root).as_posix()

    def problems(self) -> Mapping[Path, list[Problem]]:
        """Load with what is not saved yet and return every problem by file.

        Examples are run of the files that are open. Where one of them is no YAML, only that is
        told, and the last knowledge that could be read stands.
        """
        texts = {name: text.encode() for name, text in self.unsaved.items()}
        try:
            base, found = self.content.load(texts)
        except DiagnostError as error:
            return self._by_file(error.problems)
        self._base = base
        found = [*found, *lint(base)]
        if not _UNREADABLE & {problem.code for problem in found}:
            found += self._examples(base)
        return self._by_file(found)

    def _examples(self, base: KnowledgeBase) -> list[Problem]:
        try:
            for per in ("", *base.catalogue.tables_of_subjects):
                plan_of(base, per)
        except DiagnostError as error:
            return list(error.problems)
        wanted = {self.content.place(name) for name in self.unsaved}
        ran = (check_example(base, t) for t in trials(base) if t.rule.at.file in wanted)
        return [problem for problem in ran if problem is not None]

    def _by_file(self, problems: tuple[Problem, ...] | list[Problem]) -> dict[Path, list[Problem]]:
        found: dict[Path, list[Problem]] = {}
        for problem in sorted(problems, key=lambda each: (each.at, each.code)):
            found.setdefault(self.content.path(problem.at.file), []).append(problem)
        return found

    @property
    def base(self) -> KnowledgeBase:
        """Return the knowledge as it could be read last."""
        if self._base is None:
            self._base = self.content.load({})[0]
        return self._base

    def offers(self, name: str, line: int, column: int) -> tuple[Offer, ...]:
        """Return what may be written at a place of an open file."""
        lines = self.unsaved[name].splitlines()
        return offers(self.base, grammar().get(file_kind(name)), lines, line, column)

    def about(self, name: str, line: int, column: int) -> tuple[str, Path | None, At | None]:
        """Return what a name at a place means, and where that stands; '' for nothing."""
        lines = self.unsaved[name].splitlines()
        text = lines[line] if line < len(lines) else ""
        word = name_at(text, column)
        entry = entry_at(self.base, topic_of(name), word) if word else None
        if entry is None:
            return "", None, None
        hand = Hand(self.language)
        page = draw(show(self.base, entry, Names(self.base, hand)), hand, _WIDTH)
        at = place_of(self.base, entry)
        return page, self.content.path(at.file) if at is not None else None, at
