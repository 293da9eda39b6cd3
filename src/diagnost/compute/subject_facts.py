"""The facts about one row: its own, and of the whole what has been found there."""

from collections.abc import Mapping

from diagnost.compute.benchmarks import BenchmarkTable
from diagnost.compute.facts import compute_facts
from diagnost.compute.readings import ReadingTable
from diagnost.model.accounts import Accounts
from diagnost.model.fact import Fact, FactBase, Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.records import RECORDS, Row
from diagnost.model.rule import ABSENT, FOUND, FactKey


def facts_of_whole(
    accounts: Accounts,
    base: KnowledgeBase,
    readings: ReadingTable,
    run: Run,
    per: str,
    benchmarks: BenchmarkTable,
) -> FactBase:
    """Return the facts of the whole that rules about the rows of a table ask for.

    What rules about the whole could make is given as it came out: made, not made, or undecided.
    """
    keys = sorted(key for key in base.keys_for(per) if base.per_of(key) != per)
    derived = [key for key in keys if key in base.states or key in base.rules]
    plain = [key for key in keys if key not in base.states and key not in base.rules]
    given = compute_facts(accounts, base, readings, run.period, keys=plain, benchmarks=benchmarks)
    facts: dict[FactKey, Fact] = dict(given.facts)
    unknown: dict[FactKey, tuple[str, ...]] = dict(given.unknown)
    made = {firing.made for firing in run.firings}
    for key in derived:
        state = base.states.get(key)
        stands = state.standing(made) if state is not None else None
        if (key, FOUND) in made or stands is not None:
            facts[key] = Fact(key=key, word=stands.id if stands else FOUND)
            continue
        makers = [rule.id for rule in base.rules.values() if rule.makes[0] == key]
        needs = {
            need
            for maker in makers
            for asked in run.undecided.get(maker, ())
            for need in run.base.unknown.get(asked, (asked,))
        }
        if needs:
            unknown[key] = tuple(sorted(needs))
        else:
            facts[key] = Fact(key=key, word=ABSENT)
    return FactBase(period=run.period, facts=facts, unknown=unknown)


def facts_of_row(
    accounts: Accounts,
    base: KnowledgeBase,
    readings: ReadingTable,
    row: Row,
    per: str,
    whole: FactBase,
    benchmarks: BenchmarkTable,
) -> FactBase:
    """Return the facts about one row, together with those of the whole."""
    keys = [key for key in base.keys_for(per) if base.per_of(key) == per]
    cells = [key for key in keys if _column(key, per, base) in base.catalogue.tables[per].columns]
    own = compute_facts(
        accounts,
        base,
        readings,
        whole.period,
        keys=(key for key in keys if key not in cells),
        benchmarks=benchmarks,
    )
    facts, unknown = _cells(cells, row, per)
    return FactBase(
        period=whole.period,
        facts={**whole.facts, **own.facts, **facts},
        unknown={**whole.unknown, **own.unknown, **unknown},
    )


def _column(key: FactKey, per: str, base: KnowledgeBase) -> str:
    """Return the column that a key such as ``reps.newcomer_type`` asks for, '' if it is none."""
    table, _, column = key.partition(".")
    return column if table == per and key not in base.rules else ""


def _cells(
    keys: list[FactKey], row: Row, per: str
) -> tuple[Mapping[FactKey, Fact], Mapping[FactKey, tuple[str, ...]]]:
    facts: dict[FactKey, Fact] = {}
    unknown: dict[FactKey, tuple[str, ...]] = {}
    for key in keys:
        column = key.partition(".")[2]
        value = row.values.get(column)
        if value is None:
            unknown[key] = (f"{RECORDS}{per}.{column}",)
            continue
        word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        facts[key] = Fact(key=key, word=word, at=row.filed.at(row.number, column))
    return facts, unknown
