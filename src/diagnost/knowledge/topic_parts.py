"""What entries of every kind have in common: ids, citations, names, conditions, formulas."""

from collections.abc import Mapping
from dataclasses import replace as with_changes

from diagnost.knowledge.conditions import read_condition, read_example
from diagnost.knowledge.entries import Entries, Mention
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.expression import shown
from diagnost.model.formula import Formula
from diagnost.model.formula_reading import FormulaError, parse
from diagnost.model.indicator import Citation, Polarity, Steadiness
from diagnost.model.located import At
from diagnost.model.rule import Condition, Example
from diagnost.model.text import Text
from diagnost.yaml_reader import Scalar

POLARITIES = tuple(p.value for p in Polarity)


class Topic:
    """One topic file and what its entries have in common; all go into ``entries``.

    ``area`` is the area of statements and advice that name none, ``per`` the table or selection
    that is looked at one by one.
    """

    def __init__(
        self,
        path_id: str,
        entries: Entries,
        steadiness: Mapping[str, Steadiness],
        problems: Problems,
    ) -> None:
        self.id = path_id
        self.entries = entries
        self.steadiness = steadiness
        self.problems = problems
        self.area = ""
        self.per = ""

    def local(self, shape: Shape) -> str:
        """Return the id of an entry: the path of its file and its own name."""
        return f"{self.id}.{shape.identifier()}"

    def citation(self, shape: Shape, *, needed: bool = True) -> Citation:
        """Read what an entry rests on."""
        ids = self.names(shape, "cites", "source")
        basis = shape.word("basis", among=("text", "inference"), default="text")
        if needed and not ids and basis == "text":
            hint = "Cite source ids, or write basis: inference."
            self.problems.say("K208", f"{shape.what} rests on nothing", shape.at, hint)
        return Citation(ids=ids, inference=basis == "inference")

    def names(self, shape: Shape, key: str, kind: str) -> tuple[str, ...]:
        """Take a list of names and note them as mentions."""
        scalars = shape.words(key)
        self.entries.mentions += [Mention(kind, s.text or "", s.at) for s in scalars]
        return tuple(scalar.text or "" for scalar in scalars)

    def text(self, shape: Shape, key: str = "text") -> Text:
        """Read a text that must be there."""
        return shape.text(key, required=True) or Text({"en": ""}, shape.at)

    def when(self, shape: Shape, *, required: bool = True) -> Condition:
        """Read the condition of an entry."""
        node = shape.node("when", required=required)
        return read_condition(node, self.problems) if node is not None else Condition()

    def examples(self, shape: Shape, key: str) -> tuple[Example, ...]:
        """Read the examples of an entry."""
        return tuple(read_example(item, self.problems) for item in shape.items(key))

    def formula(self, scalar: Scalar | None) -> Formula:
        """Read a formula; its problems point to the column of the fault."""
        if scalar is None or scalar.text is None:
            return parse("0")
        try:
            formula = parse(scalar.text)
            return with_changes(formula, at=scalar.at) if scalar.plain else formula
        except FormulaError as error:
            at = scalar.at
            if scalar.plain:
                at = At(at.file, at.line, at.column + error.offset)
            self.problems.say("K110", f"formula: {error}", at, f"It reads: {shown(scalar.text)}")
            return parse("0")
