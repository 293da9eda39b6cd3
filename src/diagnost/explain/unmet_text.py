"""What a condition lacks, in lines for people."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from diagnost.explain.branch import Branch
from diagnost.explain.cells_text import CellsText
from diagnost.explain.tree import BandTree, GaveWay, NotFired, NoVerdict, Unmet
from diagnost.model.indicator import Reading, Unit
from diagnost.model.rule import CauseRule, Recommendation, Statement, Truth


def _gap(tree: BandTree, value: Decimal) -> Decimal | None:
    """Return how far a value is from a band; None where it lies in it or at its edge."""
    lower = tree.before.edge if tree.before is not None else None
    upper = tree.band.edge
    if lower is not None and value < lower:
        return lower - value
    if upper is not None and value > upper:
        return value - upper
    return None


class UnmetText:
    """Writes each unmet part of a condition on a line of its own."""

    def __init__(self, cells: CellsText) -> None:
        self.cells = cells
        self.base = cells.base
        self.names = cells.names
        self.say = cells.say
        self.period = cells.period

    def branches(self, parts: Iterable[Unmet]) -> Iterator[Branch]:
        """Yield a line for each part."""
        for part in parts:
            if part.choices:
                choices = tuple(
                    Branch(label=f"{number}.", children=tuple(self.branches(choice)))
                    for number, choice in enumerate(part.choices, start=1)
                )
                yield Branch(label=self.say("label.one_of"), children=choices)
                continue
            label = "unknown" if part.truth is Truth.UNKNOWN else "unmet"
            place = part.key if part.key not in self.base.rules else ""
            yield Branch(
                label=self.say(f"label.{label}"),
                text=self._lacking(part),
                place=place,
                children=tuple(self.branches(part.lacking)),
            )

    def not_fired(self, tree: NotFired) -> Branch:
        """Write an entry that does not hold, with what its condition lacks."""
        kind = {Statement: "statement", CauseRule: "cause", Recommendation: "recommendation"}
        label = self.say(f"kind.{kind.get(type(tree.rule), 'rule')}")
        key = "not_decided" if tree.undecided else "not_fired"
        if tree.other_reader:
            key = "other_reader"
        if tree.other_side and not tree.unmet:
            key = "other_side"
        if tree.of_rows:
            key = "of_rows"
        reader = self.say(f"viewpoint.{tree.other_reader}") if tree.other_reader else ""
        rows = self.base.catalogue.tables[tree.of_rows].names if tree.of_rows else None
        table = rows.in_language(self.cells.pen.language) if rows else ""
        return Branch(
            label=label,
            text=self.say(key, entry=tree.rule.id, period=self.period, reader=reader, table=table),
            place=str(tree.rule.at),
            children=tuple(self.branches(tree.unmet)),
        )

    def no_verdict(self, tree: NoVerdict) -> Branch:
        """Write an area without a verdict, with the rules that could have concluded one."""
        area = tree.area.name.in_language(self.cells.pen.language)
        text = self.say("no_verdict", area=area, period=self.period)
        children = tuple(self.not_fired(rule) for rule in tree.rules)
        return Branch(label=self.say("kind.area"), text=text, children=children)

    def gave_way(self, winner: GaveWay | None, losers: Sequence[GaveWay]) -> Iterator[Branch]:
        """Yield what an entry gave way to, and what gave way to it, with the reason."""
        if winner is not None:
            yield self._other("gave_way", winner)
        for loser in losers:
            yield self._other("silenced", loser)

    def _other(self, label: str, other: GaveWay) -> Branch:
        rule = self.base.rules[other.entry]
        told = self.cells.sentence(rule)
        children: tuple[Branch, ...] = ()
        if other.ruling is not None and rule is not other.ruling:
            text = self.cells.sentence(other.ruling)
            place = str(other.ruling.at)
            children = (Branch(label=self.say("label.why"), text=text, place=place),)
        return Branch(
            label=self.say(f"label.{label}"), text=told, place=other.entry, children=children
        )

    def _lacking(self, part: Unmet) -> str:
        name = self.names.key(part.key)
        if part.truth is Truth.UNKNOWN:
            return self._unknown(part)
        wanted = self._wanted(part)
        if part.absent:
            return self.say("lacks_absence", name=name, wanted=wanted)
        if part.key in self.base.rules:
            return self.say("lacks_rule", name=part.key)
        if part.found is None:
            return self.say("lacks_all", name=name, wanted=wanted)
        found = self.names.word(part.key, part.found.word)
        readings = part.found.readings
        if not readings:
            return self.say("lacks", name=name, wanted=wanted, found=found)
        derived = self.cells.derivation(readings[-1].reading)
        text = self.say("lacks_reading", name=name, wanted=wanted, found=found, derived=derived)
        distance = self._distance(part, readings[-1].reading)
        return self.say("distance", text=text, distance=distance) if distance else text

    def _unknown(self, part: Unmet) -> str:
        """Write what would settle a fact, and what is asked of it where it is read or answered."""
        name = self.names.key(part.key)
        needs = self.names.listed(self.names.need(need) for need in part.needs)
        if not needs:
            return self.say("lacks_unknown_plain", name=name)
        if part.absent or part.key in self.base.rules:
            return self.say("lacks_unknown", name=name, needs=needs)
        return self.say("lacks_unknown_wanted", name=name, wanted=self._wanted(part), needs=needs)

    def _distance(self, part: Unmet, reading: Reading) -> str:
        """Write how far the reading is from the nearest band asked for, '' if that has no edge."""
        if reading.value is None or not part.bands:
            return ""
        gaps = [gap for tree in part.bands if (gap := _gap(tree, reading.value)) is not None]
        if not gaps:
            return ""
        unit, pen = part.bands[0].indicator.unit, self.cells.pen
        if unit is Unit.PERCENT:
            return pen.words["points_short"].format(n=pen.value(min(gaps) * 100, Unit.NUMBER))
        return pen.edge(min(gaps), unit)

    def _wanted(self, part: Unmet) -> str:
        edges = {tree.band.id: self.cells.edges(tree) for tree in part.bands}
        words = []
        for word in part.words:
            name = self.names.word(part.key, word)
            known = edges.get(word)
            words.append(self.say("wanted", word=name, edges=known) if known else name)
        return self.names.choice(words)
