"""Reads calculators, ``knowledge/<side>/calculators/<id>.yaml``: one a file, its name the id."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from diagnost.knowledge.calculator_checks import check_calculator
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.files import KnowledgeFile
from diagnost.knowledge.packs import Pack
from diagnost.knowledge.shape import Problems, Shape, check_slots
from diagnost.model.calculator import (
    BY_SHARE,
    EQUALLY,
    INPUT_UNITS,
    KINDS,
    UNITS,
    Allocation,
    Calculator,
    CalculatorExample,
    Case,
    Figure,
    Input,
    Level,
    Remark,
)
from diagnost.model.expression import shown
from diagnost.model.formula import Formula
from diagnost.model.formula_reading import FormulaError, parse
from diagnost.model.indicator import Citation
from diagnost.model.located import At, DiagnostError
from diagnost.model.terms import Term, TermError, parse_term, tidy
from diagnost.model.text import Text
from diagnost.yaml_reader import Mapping, Node, Scalar, read, read_bytes
from diagnost.yaml_reader import Sequence as NodeSequence

E = TypeVar("E", Input, Figure, Remark, Level)

FOLDER = "calculators"
_EMPTY = Text({"en": ""}, At(""))


def is_calculator(name: str) -> bool:
    """Say whether a file of the knowledge base, by its name, holds a calculator."""
    return PurePosixPath(name).parent.name == FOLDER


def calculator_files(root: Path) -> Iterator[KnowledgeFile]:
    """Yield the files of calculators, without opening them."""
    for path in sorted((root / "knowledge").rglob(f"{FOLDER}/*.yaml")):
        yield KnowledgeFile(path, path.relative_to(root).as_posix())


def calculators_named(root: Path, packs: Iterable[Pack] = ()) -> frozenset[str]:
    """Return the ids of all calculators, as their files are called."""
    names = [file.name for file in calculator_files(root)]
    names += [name for pack in packs for name in pack.files if is_calculator(name)]
    return frozenset(PurePosixPath(name).stem for name in names)


def load_calculators(
    root: Path, wanted: str = "", packs: Sequence[Pack] = ()
) -> dict[str, Calculator]:
    """Read the calculators alone, or one of them, in the order in which they are listed.

    References to sources and line items are seen to where the whole base is loaded. Raises
    DiagnostError with every problem found.
    """
    problems = Problems({pack.label: pack.manifest.languages for pack in packs})
    nodes: list[Node] = []

    def take(name: str, read_file: Callable[[], Node]) -> None:
        if not wanted or PurePosixPath(name).stem == wanted:
            try:
                nodes.append(read_file())
            except DiagnostError as error:
                problems.extend(error.problems)

    for file in calculator_files(root):
        take(file.name, partial(read, file.path, name=file.name))
    for pack in packs:
        for name, content in pack.files.items():
            if is_calculator(name):
                take(name, partial(read_bytes, content, name=pack.place(name)))
    found = read_calculators(nodes, [], problems)
    if problems:
        raise DiagnostError(problems)
    return found


def read_calculators(
    nodes: Iterable[Node], mentions: list[Mention], problems: Problems
) -> dict[str, Calculator]:
    """Read the files of calculators; an id stands once, whatever side it belongs to."""
    found: dict[str, Calculator] = {}
    for node in nodes:
        made = _Reader(mentions, problems).calculator(node)
        before = found.get(made.id)
        if before is not None:
            hint = "Commands have one name each: rename one of the files."
            problems.say(
                "K207", f"the calculator '{made.id}' stands twice", made.at, hint, before.at
            )
        found[made.id] = made
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


class _Reader:
    def __init__(self, mentions: list[Mention], problems: Problems) -> None:
        self.mentions = mentions
        self.problems = problems

    def calculator(self, node: Node) -> Calculator:
        shape = Shape(node, self.problems, "a calculator")
        stem = PurePosixPath(node.at.file).stem
        named = shape.scalar("calculator", required=True)
        if named is not None and (named.text or "").replace("-", "_") != stem.replace("-", "_"):
            hint = f"Write calculator: {stem}, or rename the file."
            message = f"'{named.text}' is not the name of its file"
            self.problems.say("K112", message, named.at, hint)
        made = Calculator(
            id=stem,
            order=int(shape.decimal("order", percent=False) or 0),
            name=self._text(shape, "name"),
            purpose=self._text(shape, "purpose"),
            inputs=self._each(shape, "inputs", "an input", self._input),
            figures=self._each(shape, "figures", "a figure", self._figure),
            remarks=self._each(shape, "remarks", "a remark", self._remark),
            examples=tuple(self._example(item) for item in shape.items("examples")),
            at=shape.at,
            allocation=self._allocation(shape),
            about=self._table(shape),
        )
        shape.done()
        check_calculator(made, self.problems)
        if not made.examples:
            hint = "Add a worked case with what must come out."
            self.problems.say("K503", f"{made.id} has no example", made.at, hint)
        return made

    # --- parts of the file ----------------------------------------------------------------------

    def _each(
        self, shape: Shape, key: str, what: str, read_one: Callable[[Shape], E]
    ) -> dict[str, E]:
        found: dict[str, E] = {}
        for item in shape.items(key):
            inner = Shape(item, self.problems, what)
            made = read_one(inner)
            inner.done()
            if made.id in found:
                message = f"'{made.id}' stands twice"
                self.problems.say("K207", message, inner.at, "", found[made.id].at)
            found[made.id] = made
        return found

    def _text(self, shape: Shape, key: str) -> Text:
        return shape.text(key, required=True) or _EMPTY

    def _citation(self, shape: Shape, *, needed: bool) -> Citation:
        scalars = shape.words("cites")
        self.mentions += [Mention("source", s.text or "", s.at) for s in scalars]
        inference = shape.word("basis", among=("text", "inference"), default="text") == "inference"
        if needed and not scalars and not inference:
            hint = "Cite source ids, or write basis: inference."
            self.problems.say("K208", f"{shape.what} rests on nothing", shape.at, hint)
        return Citation(ids=tuple(s.text or "" for s in scalars), inference=inference)

    def _input(self, shape: Shape) -> Input:
        unit = shape.word("unit", among=INPUT_UNITS)
        default = shape.scalar("default")
        usual = default.text or "" if default is not None else ""
        edge = ""
        if usual.startswith(("lower(", "upper(")) and usual.endswith(")"):
            side, _, inner = usual.removesuffix(")").partition("(")
            edge = ".".join((*(part.strip() for part in inner.split(",")), side))
            usual = ""
        percent = unit == "percent"
        return Input(
            id=shape.identifier(),
            name=self._text(shape, "name"),
            unit=unit,
            cites=self._citation(shape, needed=False),
            at=shape.at,
            help=shape.text("help"),
            required=shape.flag("required", default=False),
            default=usual,
            edge=edge,
            assumed=shape.flag("assumed", default=False),
            above=shape.decimal("above", percent=percent),
            least=shape.decimal("least", percent=percent),
            most=shape.decimal("most", percent=percent),
            drawn=self._drawn(shape),
            rows=shape.word("rows", default=""),
        )

    def _table(self, shape: Shape) -> str:
        scalar = shape.scalar("per")
        if scalar is None:
            return ""
        self.mentions.append(Mention("table", scalar.text or "", scalar.at))
        return scalar.text or ""

    def _drawn(self, shape: Shape) -> Formula | None:
        scalar = shape.scalar("from")
        if scalar is None:
            return None
        try:
            formula = parse(scalar.text or "")
        except FormulaError as error:
            self._unreadable(scalar, str(error), error.offset)
            return None
        return Formula(formula.text, formula.tree, scalar.at)

    def _figure(self, shape: Shape) -> Figure:
        shown = shape.flag("shown", default=True)
        digits = shape.decimal("digits", percent=False)
        how = shape.text("how", required=shown)
        return Figure(
            id=shape.identifier(),
            name=self._text(shape, "name") if shown else shape.text("name") or _EMPTY,
            unit=shape.word("unit", among=UNITS),
            cases=tuple(self._cases(shape)),
            cites=self._citation(shape, needed=shown),
            at=shape.at,
            how=how,
            digits=2 if digits is None else int(digits),
            shown=shown,
        )

    def _cases(self, shape: Shape) -> Iterator[Case]:
        node = shape.node("formula", required=True)
        if isinstance(node, Scalar):
            term = self._term(node)
            when = shape.scalar("when")
            condition = self._term(when) if when is not None else None
            if term is not None:
                text = tidy(when.text or "") if when is not None else ""
                yield Case(condition, term, text, tidy(node.text or ""), node.at)
        elif isinstance(node, NodeSequence):
            for item in node.items:
                inner = Shape(item, self.problems, "a case")
                given, when = inner.scalar("gives", required=True), inner.scalar("when")
                inner.done()
                term = self._term(given) if given is not None else None
                condition = self._term(when) if when is not None else None
                if term is not None and given is not None:
                    text = tidy(when.text or "") if when is not None else ""
                    yield Case(condition, term, text, tidy(given.text or ""), given.at)
        elif node is not None:
            hint = "Write a formula, or a list of {when: …, gives: …}."
            self.problems.say("K107", "a formula must be a single value or a list", node.at, hint)

    def _remark(self, shape: Shape) -> Remark:
        kind = shape.word("kind", among=KINDS)
        when = shape.scalar("when")
        return Remark(
            id=shape.identifier(),
            kind=kind,
            when=self._term(when) if when is not None else None,
            when_text=tidy(when.text or "") if when is not None else "",
            text=self._text(shape, "text"),
            cites=self._citation(shape, needed=True),
            at=shape.at,
        )

    def _allocation(self, shape: Shape) -> Allocation | None:
        node = shape.node("allocation")
        if node is None:
            return None
        own = Shape(node, self.problems, "an allocation")
        made = Allocation(
            of=own.word("of"),
            by=own.word("by"),
            step=own.word("step"),
            rest_last=own.word("rest_last"),
            levels=self._each(own, "levels", "a level", self._level),
            at=own.at,
        )
        own.done()
        return made

    def _level(self, shape: Shape) -> Level:
        within: dict[str, str] = {}
        node = shape.node("within")
        if isinstance(node, Mapping):
            inner = Shape(node, self.problems, "'within'")
            within = {key: inner.word(key, among=(EQUALLY, BY_SHARE)) for key in inner.names()}
        return Level(
            id=shape.identifier(),
            name=self._text(shape, "name"),
            member=self._member(shape),
            at=shape.at,
            shares=shape.word("shares", default=""),
            counted=shape.word("counted", default=""),
            within=within,
        )

    def _member(self, shape: Shape) -> Text:
        text = self._text(shape, "member")
        check_slots(text, ("n",), self.problems)
        return text

    def _example(self, item: Node) -> CalculatorExample:
        shape = Shape(item, self.problems, "an example")
        parts: list[tuple[str, tuple[str, ...]]] = []
        node = shape.node("parts")
        if isinstance(node, Mapping):
            inner = Shape(node, self.problems, "'parts'")
            parts = [(key, _words(inner, key)) for key in inner.names()]
        made = CalculatorExample(
            given=self._pairs(shape, "given"),
            gives=self._pairs(shape, "gives"),
            tells=_words(shape, "tells"),
            silent=_words(shape, "silent"),
            parts=tuple(parts),
            at=shape.at,
        )
        shape.done()
        return made

    def _pairs(self, shape: Shape, key: str) -> dict[str, str]:
        node = shape.node(key)
        if node is None:
            return {}
        inner = Shape(node, self.problems, f"'{key}'")
        found = {name: inner.scalar(name) for name in inner.names()}
        return {name: s.text or "" for name, s in found.items() if s is not None}

    # --- terms ----------------------------------------------------------------------------------

    def _term(self, scalar: Scalar) -> Term | None:
        try:
            return parse_term(scalar.text or "")
        except TermError as error:
            self._unreadable(scalar, str(error), error.offset)
            return None

    def _unreadable(self, scalar: Scalar, message: str, offset: int) -> None:
        at = scalar.at._replace(column=scalar.at.column + offset) if scalar.plain else scalar.at
        self.problems.say("K110", message, at, f"It reads: {shown(tidy(scalar.text or ''))}")


def _words(shape: Shape, key: str) -> tuple[str, ...]:
    return tuple(scalar.text or "" for scalar in shape.words(key))
