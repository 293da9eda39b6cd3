"""What may be said about a company: line items, indicators, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from diagnost.model.accounts import AmbiguousLabel, Composed, Identity, LineItem
from diagnost.model.benchmark import Group, OtherName, Yardstick
from diagnost.model.context import Question, QuestionArea
from diagnost.model.decomposition import Decomposition, Part
from diagnost.model.filed_statement import Concepts, FiledLayout
from diagnost.model.indicator import Indicator, Nearness, Norm, Steadiness, Unit
from diagnost.model.method import Method, Methods
from diagnost.model.profile import Profile
from diagnost.model.records import Table
from diagnost.model.selection import Selection
from diagnost.model.side import Side
from diagnost.model.supposition import Flows


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The part of the knowledge base that reading and computing need."""

    sides: Mapping[str, Side] = field(default_factory=dict)
    line_items: Mapping[str, LineItem]
    ambiguous: tuple[AmbiguousLabel, ...]
    identities: tuple[Identity, ...]
    composed: tuple[Composed, ...] = ()  # items without a row of their own on some forms
    indicators: Mapping[str, Indicator]  # by id, each after those that its formula uses
    questions: Mapping[str, Question]
    question_areas: Mapping[str, QuestionArea] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)  # of questionnaires, by side
    tables: Mapping[str, Table] = field(default_factory=dict)  # of records
    selections: Mapping[str, Selection] = field(default_factory=dict)  # of rows of tables
    symbols: Mapping[str, str] = field(default_factory=dict)  # symbol → indicator id
    steadiness: Mapping[str, Steadiness] = field(default_factory=dict)  # groups of trends
    decompositions: Mapping[str, Decomposition] = field(default_factory=dict)
    lead: Norm | None = None  # how much of a change its leading part accounts for
    near: Nearness = field(default_factory=Nearness)  # how near a limit counts as near
    groups: Mapping[str, Group] = field(default_factory=dict)  # of other firms
    yardsticks: Mapping[str, Yardstick] = field(default_factory=dict)  # by indicator compared
    other_names: tuple[OtherName, ...] = ()
    methods: Methods = field(default_factory=Methods)
    filed_layout: FiledLayout = field(default_factory=FiledLayout)  # with a register
    concepts: Concepts = field(default_factory=Concepts)  # of XBRL reports
    flows: Flows = field(default_factory=Flows)  # how changes of line items spread
    method: Method = field(default_factory=Method)  # by which the formulas of ``indicators`` are

    @property
    def accounts_side(self) -> str:
        """Return the side that line items belong to, '' if no side is declared."""
        return next((side.id for side in self.sides.values() if side.accounts), "")

    def side_of(self, entry: str) -> str:
        """Return the side of an entry: the beginning of its id; '' where it serves every side."""
        side = entry.partition(".")[0]
        return side if side in self.sides else ""

    def sides_of_fact(self, key: str) -> tuple[str, ...]:
        """Return the sides that a fact tells about; none where it serves every side."""
        head, _, tail = key.partition(".")
        if head in self.tables:
            return self.tables[head].sides
        side = self.side_of(key)
        if head == "lines":
            side = self.accounts_side
        elif head == "company" and tail in self.questions:
            side = self.questions[tail].purpose
        return (side,) if side else ()

    def indicator(self, name: str) -> Indicator | None:
        """Return the indicator of that id or symbol, if there is one."""
        return self.indicators.get(self.symbols.get(name, name))

    def per(self, name: str) -> str | None:
        """Return the table by whose rows a figure is read, '' for one of the whole.

        None if there is no figure of that name.
        """
        indicator = self.indicator(name)
        if indicator is not None:
            return indicator.per
        question = self.questions.get(name)
        known = name in self.line_items or name in ("days", "year_days")
        return "" if known or (question is not None and question.unit) else None

    def in_full(self, name: str) -> bool:
        """Say whether an amount of that name is in whole units of the currency.

        Such are answers, the figures of a side that keeps records and what calculators take; line
        items and the figures of the statements are in units of the accounts.
        """
        if name in self.questions:
            return True
        if name.removeprefix("lines.") in self.line_items:
            return False
        side = self.symbols.get(name, name).partition(".")[0]
        if self.sides:
            return side != self.accounts_side
        return any(side in table.sides for table in self.tables.values())

    def converted(self, value: Decimal, name: str, into: str, unit: int) -> Decimal:
        """Return what a name stands for where the indicator ``into`` is made of it.

        Money is brought from the unit of the one to that of the other; ``unit`` is the accounts'.
        """
        if unit == 1:
            return value
        in_full = self.in_full(into)
        if self.in_full(name) is in_full or not self._is_money(name):
            return value
        return value * unit if in_full else value / unit

    def _is_money(self, name: str) -> bool:
        indicator = self.indicator(name)
        if indicator is not None:
            return indicator.unit is Unit.MONEY
        question = self.questions.get(name)
        return question.unit == Unit.MONEY.value if question else name in self.line_items

    def subjects(self, table: str) -> Selection | None:
        """Return the selection of the rows of a table that are looked at one by one."""
        found = (s for s in self.selections.values() if s.of == table and s.one is not None)
        return next(found, None)

    @property
    def tables_of_subjects(self) -> tuple[str, ...]:
        """Return the tables whose rows are looked at one by one."""
        found = (s.of for s in self.selections.values() if s.one is not None)
        return tuple(dict.fromkeys(table for table in found if table in self.tables))

    def part(self, name: str, part_id: str) -> tuple[Decomposition, Part] | None:
        """Return the part of that id among the decompositions of an indicator (id or symbol)."""
        of = self.symbols.get(name, name)
        for decomposition in self.decompositions.values():
            part = decomposition.part(part_id) if decomposition.of == of else None
            if part is not None:
                return decomposition, part
        return None

    def edge(self, name: str) -> Decimal | None:
        """Return the edge of a band named ``WPB.safe.lower``, or None if there is none."""
        indicator_name, _, rest = name.partition(".")
        band, _, side = rest.partition(".")
        indicator = self.indicator(indicator_name)
        if indicator is None or indicator.general is None:
            return None
        if band not in {b.id for b in indicator.general.bands}:
            return None
        lower, upper = indicator.general.edges(band)
        return lower if side == "lower" else upper
