"""Topic files: indicator, quantities, norms, decompositions, statements, rules, causes, advice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_changes

from diagnost.knowledge.conditions import read_condition, read_example
from diagnost.knowledge.shape import Problems, Shape, decimal_of
from diagnost.model.decomposition import Decomposition, Part
from diagnost.model.formula import Formula
from diagnost.model.formula_reading import FormulaError, own_name, parse
from diagnost.model.indicator import (
    Band,
    Citation,
    Indicator,
    Norm,
    Polarity,
    Steadiness,
    Undefined,
    Unit,
    Variant,
)
from diagnost.model.knowledge import Grid
from diagnost.model.located import At
from diagnost.model.rule import (
    FOUND,
    VIEWPOINTS,
    CauseRule,
    Certainty,
    Conclusion,
    Condition,
    Example,
    Leaf,
    Recommendation,
    Ruling,
    State,
    Statement,
    StateWord,
    Weight,
)
from diagnost.model.selection import Selection
from diagnost.model.terms import TermError, parse_term, tidy
from diagnost.model.text import Text
from diagnost.yaml_reader import Node, Scalar

POLARITIES = tuple(p.value for p in Polarity)
URGENCIES = ("now", "this_quarter", "this_year")
_DEFAULT_STEADINESS = {
    Unit.TIMES: "ratio",
    Unit.PERCENT: "share",
    Unit.DAYS: "days",
    Unit.WEEKS: "days",
    Unit.MONTHS: "days",
    Unit.NUMBER: "ratio",
    Unit.MONEY: "money",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name used somewhere, to be looked up once everything is read.

    ``kind`` is what it must name: source, statement, recommendation, spoken (either of both),
    amounts (a line item or a whole statement of accounts), option (of a choice of method) or
    table (of records).
    """

    kind: str
    name: str
    at: At


@dataclass(slots=True)
class Entries:
    """Everything read so far, by id; a second entry of an id is a problem."""

    mentions: list[Mention] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    decompositions: dict[str, Decomposition] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    causes: dict[str, CauseRule] = field(default_factory=dict)
    conclusions: dict[str, Conclusion] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    selections: dict[str, Selection] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)
    places: dict[str, At] = field(default_factory=dict)

    def claim(self, entry_id: str, at: At, problems: Problems) -> None:
        """Take an id, or note that it is taken already."""
        if entry_id in self.places:
            hint = "Give it another id; one id never means two things."
            problems.say("K207", f"'{entry_id}' stands twice", at, hint, self.places[entry_id])
        self.places[entry_id] = at


class TopicReader:
    """Reads one topic file into ``entries``."""

    def __init__(
        self,
        path_id: str,
        entries: Entries,
        steadiness: Mapping[str, Steadiness],
        problems: Problems,
    ) -> None:
        self.topic = path_id
        self.entries = entries
        self.steadiness = steadiness
        self.problems = problems
        self.area = ""
        self.per = ""

    def read(self, node: Node) -> None:
        """Read the whole file."""
        shape = Shape(node, self.problems, "a topic")
        topic = shape.scalar("topic", required=True)
        if topic is not None and topic.text != self.topic:
            hint = f"Write topic: {self.topic}, or move the file."
            self.problems.say("K112", f"'{topic.text}' is not the path of its file", topic.at, hint)
        default_area = [*self.topic.split("."), ""][1]
        self.area = shape.word("area", default=default_area)
        per = shape.scalar("per")
        if per is not None:
            self.per = per.text or ""
            self.entries.mentions.append(Mention("table", self.per, per.at))
        norms_node = shape.items("norms")
        indicator = shape.node("indicator")
        if indicator is not None:
            self._indicator(self.topic, Shape(indicator, self.problems, "an indicator"), norms_node)
        elif norms_node:
            self.problems.say("K106", "norms need an indicator in the same topic", node.at)
        for item in shape.items("quantities"):
            quantity = Shape(item, self.problems, "a quantity")
            self._indicator(self._local(quantity), quantity, (), shown=False)
        for item in shape.items("indicators"):
            further = Shape(item, self.problems, "an indicator")
            self._indicator(self._local(further), further, further.items("norms"))
        for item in shape.items("selections"):
            self._selection(Shape(item, self.problems, "a selection"))
        for item in shape.items("states"):
            self._state(Shape(item, self.problems, "a state"))
        readers = {
            "decompositions": ("a decomposition", self._decomposition),
            "statements": ("a statement", self._statement),
            "rules": ("a rule", self._conclusion),
            "rulings": ("a ruling", self._ruling),
            "causes": ("a cause", self._cause),
            "recommendations": ("a recommendation", self._recommendation),
        }
        for key, (what, reader) in readers.items():
            for item in shape.items(key):
                entry = Shape(item, self.problems, what)
                reader(self._local(entry), entry)
                entry.done()
        for item in shape.items("covers"):
            self._grid(Shape(item, self.problems, "a grid"))
        shape.done()

    def _grid(self, shape: Shape) -> None:
        keys = tuple(scalar.text or "" for scalar in shape.words("keys"))
        if len(keys) < 2:
            hint = "Write keys: [one fact, another fact]."
            self.problems.say("K106", "a grid needs two or more keys", shape.at, hint)
        silent = tuple(read_condition(item, self.problems) for item in shape.items("silent"))
        self.entries.grids.append(Grid(self.topic, keys, silent, shape.at))
        shape.done()

    def _local(self, shape: Shape) -> str:
        return f"{self.topic}.{shape.identifier()}"

    def _citation(self, shape: Shape, *, needed: bool = True) -> Citation:
        ids = self._names(shape, "cites", "source")
        basis = shape.word("basis", among=("text", "inference"), default="text")
        if needed and not ids and basis == "text":
            hint = "Cite source ids, or write basis: inference."
            self.problems.say("K208", f"{shape.what} rests on nothing", shape.at, hint)
        return Citation(ids=ids, inference=basis == "inference")

    # --- indicators ---------------------------------------------------------------------------

    def _indicator(
        self, entry_id: str, shape: Shape, norms: tuple[Node, ...], *, shown: bool = True
    ) -> None:
        unit = Unit(shape.word("unit", among=[u.value for u in Unit]))
        group = shape.scalar("steady")
        group_id = group.text if group and group.text else _DEFAULT_STEADINESS[unit]
        if group_id not in self.steadiness:
            at = group.at if group else shape.at
            known = ", ".join(self.steadiness)
            self.problems.say("K202", f"'{group_id}' is no group of trends", at, f"Known: {known}.")
        name = shape.text("name", required=True)
        symbol = shape.word("symbol")
        written = shape.scalar("formula", required=not shown)
        otherwise = shape.scalar("otherwise")
        # An indicator without a formula is what the company says it is.
        formula = self.formula(written) if written is not None else own_name(symbol)
        indicator = Indicator(
            id=entry_id,
            symbol=symbol,
            name=name or Text({"en": symbol}, shape.at),
            meaning=shape.text("meaning"),
            formula=formula,
            otherwise=self.formula(otherwise) if otherwise else None,
            unit=unit,
            better=shape.word(
                "better", among=("higher", "lower", "inside_band", "neither"), default="neither"
            ),
            steadiness=self.steadiness.get(group_id) or next(iter(self.steadiness.values())),
            undefined=tuple(self._undefined(item) for item in shape.items("undefined_when")),
            norms=tuple(self.norm(item, unit) for item in norms),
            cites=self._citation(shape, needed=shown),
            shown=shape.flag("shown", default=shown),
            balance=shape.flag("balance", default=False),
            variants=tuple(self._variant(item) for item in shape.items("variants")),
            at=shape.at,
            per=self.per,
            only_given=written is None and shown,
        )
        shape.done()
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.indicators[entry_id] = indicator

    def _variant(self, node: Node) -> Variant:
        shape = Shape(node, self.problems, "a variant")
        when = shape.node("when", required=True)
        found: list[tuple[str, tuple[str, ...]]] = []
        if when is not None:
            options = Shape(when, self.problems, "the options of a variant")
            for choice in options.entries:
                words = options.words(choice)
                found.append((choice, tuple(word.text or "" for word in words)))
                self.entries.mentions += [
                    Mention("option", f"{choice}.{word.text}", word.at) for word in words
                ]
        otherwise = shape.scalar("otherwise")
        variant = Variant(
            when=tuple(found),
            formula=self.formula(shape.scalar("formula", required=True)),
            otherwise=self.formula(otherwise) if otherwise else None,
            undefined=tuple(self._undefined(item) for item in shape.items("undefined_when"))
            if "undefined_when" in shape.entries
            else None,
            name=shape.text("name"),
            meaning=shape.text("meaning"),
            at=shape.at,
        )
        shape.done()
        return variant

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
            self.problems.say("K110", f"formula: {error}", at, f"It reads: {scalar.text}")
            return parse("0")

    def _undefined(self, node: Node) -> Undefined:
        shape = Shape(node, self.problems, "an undefined_when")
        undefined = Undefined(
            value=self.formula(shape.scalar("value", required=True)),
            sign=shape.word("is", among=("zero", "negative")),
            reason=shape.word("reason"),
            at=shape.at,
        )
        shape.done()
        return undefined

    def norm(self, node: Node, unit: Unit) -> Norm:
        """Read a norm in a unit."""
        shape = Shape(node, self.problems, "a norm")
        norm = Norm(
            id=shape.identifier(),
            bands=tuple(self._band(item, unit) for item in shape.items("bands")),
            cites=self._citation(shape),
            at=shape.at,
        )
        shape.done()
        self._check_bands(norm)
        return norm

    def _band(self, node: Node, unit: Unit) -> Band:
        shape = Shape(node, self.problems, "a band")
        percent = unit is Unit.PERCENT
        band = Band(
            id=shape.identifier(),
            polarity=Polarity(shape.word("polarity", among=POLARITIES, default="info")),
            below=shape.decimal("below", percent=percent),
            through=shape.decimal("through", percent=percent),
            assumed=shape.flag("assumed", default=False),
            course=shape.flag("course", default=True),
            at=shape.at,
        )
        shape.done()
        if band.below is not None and band.through is not None:
            hint = "below leaves the edge out, through takes it in."
            self.problems.say("K301", "a band has one upper edge", shape.at, hint)
        return band

    def _check_bands(self, norm: Norm) -> None:
        if not norm.bands:
            self.problems.say("K106", "a norm needs bands", norm.at)
            return
        seen: dict[str, Band] = {}
        before: Band | None = None
        for band in norm.bands:
            if band.id in seen:
                self.problems.say("K207", f"band '{band.id}' twice", band.at, "", seen[band.id].at)
            seen[band.id] = band
            if before is not None and band.edge is not None and before.edge is not None:
                same = band.edge == before.edge
                rises = band.edge > before.edge or (
                    same and before.below is not None and band.through is not None
                )
                if not rises:
                    hint = "List the bands from the lowest up."
                    self.problems.say("K301", "band edges must rise", band.at, hint, before.at)
            before = band
        for band in norm.bands[:-1]:
            if band.edge is None:
                self.problems.say("K302", "only the last band goes without an edge", band.at)
        if norm.bands[-1].edge is not None:
            hint = "Leave below and through out of the last band."
            self.problems.say("K302", "the last band must be open", norm.bands[-1].at, hint)

    # --- selections ---------------------------------------------------------------------------

    def _selection(self, shape: Shape) -> None:
        id_, of = shape.identifier(), shape.scalar("of", required=True)
        where = shape.scalar("where", required=True)
        name, one = shape.text("name"), shape.text("one")
        shape.done()
        if of is None or where is None:
            return
        self.entries.mentions.append(Mention("table", of.text or "", of.at))
        try:
            term = parse_term(where.text or "")
        except TermError as error:
            hint = f"It reads: {where.text}"
            self.problems.say("K110", f"where: {error}", where.at, hint)
            return
        self.entries.claim(id_, shape.at, self.problems)
        text = tidy(where.text or "")
        self.entries.selections[id_] = Selection(
            id_, of.text or "", term, text, where.at, name, one
        )

    # --- decompositions -----------------------------------------------------------------------

    def _decomposition(self, entry_id: str, shape: Shape) -> None:
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.decompositions[entry_id] = Decomposition(
            id=entry_id,
            of=shape.word("of"),
            formula=self.formula(shape.scalar("as", required=True)),
            parts=tuple(self._part(item) for item in shape.items("parts")),
            cites=self._citation(shape),
            at=shape.at,
        )

    def _part(self, node: Node) -> Part:
        shape = Shape(node, self.problems, "a part")
        part = Part(
            id=shape.identifier(),
            figure=shape.word("figure"),
            name=self._text(shape, "name"),
            at=shape.at,
        )
        shape.done()
        return part

    # --- rules --------------------------------------------------------------------------------

    def _when(self, shape: Shape, *, required: bool = True) -> Condition:
        node = shape.node("when", required=required)
        return read_condition(node, self.problems) if node is not None else Condition()

    def _examples(self, shape: Shape, key: str) -> tuple[Example, ...]:
        return tuple(read_example(item, self.problems) for item in shape.items(key))

    def _names(self, shape: Shape, key: str, kind: str) -> tuple[str, ...]:
        """Take a list of names and note them as mentions."""
        scalars = shape.words(key)
        self.entries.mentions += [Mention(kind, s.text or "", s.at) for s in scalars]
        return tuple(scalar.text or "" for scalar in scalars)

    def _text(self, shape: Shape, key: str = "text") -> Text:
        return shape.text(key, required=True) or Text({"en": ""}, shape.at)

    def _statement(self, entry_id: str, shape: Shape) -> None:
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.statements[entry_id] = Statement(
            id=entry_id,
            area=shape.word("area", default=self.area),
            when=self._when(shape),
            polarity=Polarity(shape.word("polarity", among=POLARITIES)),
            certainty=Certainty(
                shape.word("certainty", among=[c.value for c in Certainty], default="certain")
            ),
            weight=Weight(shape.word("severity", among=[w.value for w in Weight], default="note")),
            viewpoint=shape.word("viewpoint", among=("", *VIEWPOINTS), default=""),
            place=shape.word(
                "place", among=("body", "list", "summary", "data", "trace"), default="body"
            ),
            text=self._text(shape),
            detail=shape.text("detail"),
            brief=shape.text("brief"),
            doubt=shape.text("doubt"),
            prevails_over=self._names(shape, "prevails_over", "statement"),
            invalidates=self._names(shape, "invalidates", "amounts"),
            leads=shape.flag("leads", default=False),
            cites=self._citation(shape),
            fires_on=self._examples(shape, "fires_on"),
            silent_on=self._examples(shape, "silent_on"),
            at=shape.at,
            per=self.per,
        )

    def _conclusion(self, entry_id: str, shape: Shape) -> None:
        then = shape.node("then", required=True)
        leaves = read_condition(then, self.problems).all if then is not None else ()
        if len(leaves) != 1:
            hint = "Write then: {state: word}."
            self.problems.say("K107", "a rule concludes one word", shape.at, hint)
            leaves = (Leaf("", "", shape.at),)
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.conclusions[entry_id] = Conclusion(
            id=entry_id,
            when=self._when(shape),
            key=leaves[0].key,
            word=leaves[0].word,
            cites=self._citation(shape),
            fires_on=self._examples(shape, "fires_on"),
            silent_on=self._examples(shape, "silent_on"),
            at=shape.at,
            per=self.per,
        )

    def _ruling(self, entry_id: str, shape: Shape) -> None:
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.rulings[entry_id] = Ruling(
            id=entry_id,
            when=self._when(shape),
            silences=self._names(shape, "silences", "spoken"),
            because=self._text(shape, "because"),
            cites=self._citation(shape),
            fires_on=self._examples(shape, "fires_on"),
            silent_on=self._examples(shape, "silent_on"),
            at=shape.at,
            per=self.per,
        )

    def _cause(self, entry_id: str, shape: Shape) -> None:
        effects = self._names(shape, "effects", "statement")
        causes = self._names(shape, "causes", "statement")
        if not effects or not causes:
            self.problems.say("K106", "a cause needs effects and causes", shape.at)
        link = self._when(shape, required=False)
        one_effect = tuple(Condition(all=(Leaf(effect, FOUND, shape.at),)) for effect in effects)
        when = link._replace(
            all=(*(Leaf(cause, FOUND, shape.at) for cause in causes), *link.all),
            any=(one_effect, *link.any),
        )
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.causes[entry_id] = CauseRule(
            id=entry_id,
            when=when,
            effects=effects,
            causes=causes,
            identity=shape.flag("identity", default=False),
            text=self._text(shape),
            detail=shape.text("detail"),
            cites=self._citation(shape),
            fires_on=self._examples(shape, "fires_on"),
            silent_on=self._examples(shape, "silent_on"),
            at=shape.at,
            per=self.per,
        )

    def _recommendation(self, entry_id: str, shape: Shape) -> None:
        quarters = shape.decimal("quarters")
        self.entries.claim(entry_id, shape.at, self.problems)
        self.entries.recommendations[entry_id] = Recommendation(
            id=entry_id,
            area=shape.word("area", default=self.area),
            when=self._when(shape),
            urgency=shape.word("urgency", among=URGENCIES),
            text=self._text(shape),
            brief=self._text(shape, "brief"),
            effect=shape.text("effect"),
            watch=shape.text("watch"),
            quarters=int(quarters) if quarters else 0,
            answers=self._names(shape, "answers", "statement"),
            prevails_over=self._names(shape, "prevails_over", "recommendation"),
            cites=self._citation(shape),
            fires_on=self._examples(shape, "fires_on"),
            silent_on=self._examples(shape, "silent_on"),
            at=shape.at,
            per=self.per,
        )

    def _state(self, shape: Shape) -> None:
        state_id = shape.identifier()
        words = []
        for item in shape.items("words"):
            word = Shape(item, self.problems, "a word of a state")
            words.append(
                StateWord(
                    id=word.identifier(),
                    name=self._text(word, "name"),
                    polarity=Polarity(word.word("polarity", among=POLARITIES)),
                    why=word.text("why"),
                )
            )
            word.done()
        verdict_on = shape.word("verdict_on", default="")
        shape.done()
        self.entries.claim(state_id, shape.at, self.problems)
        self.entries.states[state_id] = State(
            id=state_id, words=tuple(words), verdict_on=verdict_on, at=shape.at, per=self.per
        )


def read_trends(node: Node, problems: Problems) -> tuple[dict[str, Steadiness], Norm | None]:
    """Read ``knowledge/trends.yaml``.

    How far a figure may move and still be called stable; and how much of a change one part must
    account for to be called most of it.
    """
    shape = Shape(node, problems, "trends")
    groups: dict[str, Steadiness] = {}
    for item in shape.items("groups"):
        group = Shape(item, problems, "a group of trends")
        edges = {}
        for key in ("relative", "absolute", "sharp_relative", "sharp_absolute"):
            scalar = group.scalar(key)
            edges[key] = decimal_of(scalar, problems, percent=None) if scalar else None
        group_id = group.identifier()
        group.done()
        groups[group_id] = Steadiness(id=group_id, at=item.at, **edges)
    lead = shape.node("lead")
    shape.done()
    if "money" not in groups:
        hint = "Line items are measured by it."
        problems.say("K106", "trends need the group 'money'", node.at, hint)
    if lead is None:
        return groups, None
    reader = TopicReader("knowledge.trends", Entries(), groups, problems)
    return groups, reader.norm(lead, Unit.PERCENT)
