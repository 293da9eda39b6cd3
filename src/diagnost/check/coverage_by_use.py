"""Which bands the examples reach, and which entries fired in examples and in a folder of cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.check.mutation.bench import Bench
from diagnost.check.mutation.edges import step_of, written
from diagnost.intake.read import read_accounts
from diagnost.model.indicator import Indicator, Norm
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError
from diagnost.model.rule import FactKey
from diagnost.pipeline import Case, diagnose

ENDINGS = (".yaml", ".yml", ".csv", ".xlsx")
"""How the files of a folder of cases end."""


class BandUse(NamedTuple):
    """How often examples fall into a band, and whether some lie right beside its upper edge.

    ``edge`` is as written, '' for the last band; ``below`` and ``above`` say on which side of it
    (the edge itself belongs to one of them).
    """

    key: FactKey
    band: str
    examples: int
    edge: str
    below: bool
    above: bool

    @property
    def is_covered(self) -> bool:
        """Say whether an example falls into the band, and some on both sides of its edge."""
        return bool(self.examples) and (not self.edge or (self.below and self.above))


class RuleUse(NamedTuple):
    """How often an entry fired in the examples of any entry, and in how many cases."""

    entry: str
    examples: int
    cases: int


class CasesRead(NamedTuple):
    """The entries that fired in a folder of cases, by how many cases, and the files left out."""

    fired: Counter[str]
    cases: int
    left_out: tuple[str, ...]  # with the reason


def band_use(base: KnowledgeBase) -> tuple[BandUse, ...]:
    """Return the use of every band of every norm, in order of the indicators."""
    values = _values(Bench(base))
    found: list[BandUse] = []
    for indicator in base.catalogue.indicators.values():
        for norm in indicator.norms:
            key = indicator.id if norm.id == "general" else f"{indicator.id}.{norm.id}"
            found += _of_norm(key, indicator, norm, values[indicator.id])
    return tuple(found)


def _values(bench: Bench) -> dict[str, list[Decimal]]:
    """Return the figures that examples have by indicator, each example once."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for trials in bench.by_entry.values():
        for trial in trials:
            readings = {
                (reading.indicator, reading.value)
                for fact in bench.ran(trial).base.facts.values()
                for reading in fact.readings
            }
            for indicator, value in readings:
                if value is not None:
                    found[indicator].append(value)
    return found


def _of_norm(
    key: FactKey, indicator: Indicator, norm: Norm, values: Iterable[Decimal]
) -> Iterator[BandUse]:
    values = list(values)
    counts = Counter(norm.band_of(value).id for value in values)
    for band in norm.bands:
        edge = band.edge
        near: list[Decimal] = []
        if edge is not None:
            step = step_of(edge, indicator.unit)
            near = [value for value in values if abs(value - edge) <= step]
        yield BandUse(
            key,
            band.id,
            counts[band.id],
            "" if edge is None else written(edge, indicator.unit),
            any(band.reaches(value) for value in near),
            any(not band.reaches(value) for value in near),
        )


def rule_use(base: KnowledgeBase, cases: CasesRead | None = None) -> tuple[RuleUse, ...]:
    """Return the use of every entry, in order of ids."""
    bench = Bench(base)
    in_examples: Counter[str] = Counter()
    for trials in bench.by_entry.values():
        for trial in trials:
            in_examples.update({firing.rule for firing in bench.ran(trial).firings})
    fired = cases.fired if cases is not None else Counter()
    return tuple(RuleUse(entry, in_examples[entry], fired[entry]) for entry in base.rules)


def read_cases(folder: Path, base: KnowledgeBase) -> CasesRead:
    """Diagnose all the accounts below a folder; raise DiagnostError where none can be read."""
    fired: Counter[str] = Counter()
    left_out: list[str] = []
    problems: list[Any] = []
    cases = 0
    for path in sorted(each for each in folder.rglob("*") if each.suffix.lower() in ENDINGS):
        name = path.relative_to(folder).as_posix()
        try:
            case = diagnose(read_accounts(path, base.catalogue, name=name), base, engine="builtin")
        except DiagnostError as error:
            left_out.append(f"{name}: {error.problems[0].message}")
            problems += error.problems[:1]
            continue
        cases += 1
        fired.update(_fired(case))
    if problems and not cases:
        raise DiagnostError(problems)
    return CasesRead(fired, cases, tuple(left_out))


def _fired(case: Case) -> set[str]:
    return {
        firing.rule
        for one in (case, *case.subjects)
        for run in one.runs.values()
        for firing in run.firings
    }
