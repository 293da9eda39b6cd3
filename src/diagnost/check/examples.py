"""Runs the examples that stand beside each entry: it must fire, or it must stay silent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from diagnost.compute.benchmarks import compute_benchmarks
from diagnost.compute.circumstances import in_circumstances
from diagnost.compute.facts import compute_facts
from diagnost.compute.methods import in_days_of, in_method
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.engine.part import part_of
from diagnost.engine.plan import Plan
from diagnost.engine.run import run
from diagnost.model.accounts import (
    Accounts,
    Amount,
    Answer,
    Company,
    GivenReading,
    Period,
    Pick,
)
from diagnost.model.benchmark import PeerFigure
from diagnost.model.fact import Fact, FactBase, Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, Problem
from diagnost.model.method import Method, settle
from diagnost.model.records import FLAG, Cell, Table, rows_of
from diagnost.model.rule import Example, FactKey, Leaf, Rule, Truth
from diagnost.pipeline import plan_of


@dataclass(frozen=True, slots=True)
class Trial:
    """One example of one entry and what it is to show."""

    rule: Rule
    example: Example
    fires: bool

    @property
    def name(self) -> str:
        """Return a name for test reports."""
        return f"{self.rule.id} {'fires' if self.fires else 'silent'} {self.example.at.line}"


def trials(base: KnowledgeBase) -> Iterator[Trial]:
    """Return every example of every entry."""
    for rule in base.rules.values():
        for example in rule.fires_on:
            yield Trial(rule, example, fires=True)
        for example in rule.silent_on:
            yield Trial(rule, example, fires=False)


def check_example(base: KnowledgeBase, trial: Trial) -> Problem | None:
    """Run one example; return K501 or K502 where it does not do what it should."""
    return judged(base, trial, run_trial(base, trial))


def judged(base: KnowledgeBase, trial: Trial, ran: Run) -> Problem | None:
    """Return K501 or K502 where a run of an example did not do what it should."""
    fired = bool(ran.fired(trial.rule.id))
    if fired == trial.fires:
        return None
    if trial.fires:
        leaves = trial.rule.when.leaves
        unmet = [leaf for leaf in leaves if _truth(base, ran, leaf) is not Truth.YES]
        hint = f"Not met, or to be absent: {', '.join(map(str, unmet))}." if unmet else ""
        return Problem(
            code="K501",
            message=f"{trial.rule.id} does not fire on this example",
            at=trial.example.at,
            also=trial.rule.at,
            hint=f"{hint} {_found(ran, trial.rule)}".strip(),
        )
    return Problem(
        code="K502",
        message=f"{trial.rule.id} fires on this example, but must be silent",
        at=trial.example.at,
        also=trial.rule.at,
        hint=_found(ran, trial.rule),
    )


def run_trial(base: KnowledgeBase, trial: Trial, plan: Plan | None = None) -> Run:
    """Let the rules run on the small case that an example describes.

    Those that the entry does not hang on are left out, and so are the facts they ask for.
    ``plan`` is that of the rules, where it is known already.
    """
    part = part_of(plan or plan_of(base, trial.rule.per), trial.rule.id)
    keys = {key for key, _ in part.asked} | {leaf.key for leaf in trial.rule.when.leaves}
    return run(part, example_facts(base, trial.example, keys, trial.rule.per), "builtin")


def example_facts(
    base: KnowledgeBase,
    example: Example,
    keys: Iterable[FactKey] | None = None,
    per: str = "",
) -> FactBase:
    """Return the facts of an example: readings through norms, words as they stand.

    What is not mentioned is known to be something else (``closed``). With ``keys`` only these
    are looked for. ``per`` is the table whose rows the entry is about: then the figures of a row
    are those of one that the example stands for.
    """
    keys = base.keys_for(per) if keys is None else keys
    figures = {key: value for key, value in example.values if isinstance(value, tuple)}
    words = {key: value for key, value in example.values if isinstance(value, str)}
    catalogue = in_method(base.catalogue, _method(base, words))
    base = base.with_catalogue(
        in_circumstances(catalogue, lambda question: words.get(f"company.{question.id}", ""))
    )
    own = {key: value[-1] for key, value in figures.items() if base.per_of(_id(base, key))}
    whole = {key: value for key, value in figures.items() if key not in own}
    accounts = in_days_of(_accounts(base, whole, example.at), base.catalogue.method)
    benchmarks = compute_benchmarks(accounts, base.catalogue)
    if per:
        row = {key: value for key, value in own.items() if value is not None}
        accounts = _with_row(accounts, base.catalogue.tables[per], {**row, **words}, example.at)
    given = {_id(base, key): value for key, value in own.items() if value is not None}
    readings = ReadingsOnDemand(accounts, base.catalogue, benchmarks, given, given_first=True)
    last = accounts.periods[-1].id
    computed = compute_facts(accounts, base, readings, last, keys=keys, benchmarks=benchmarks)
    facts: dict[str, Fact] = dict(computed.facts)
    unknown: dict[str, tuple[str, ...]] = {}
    for key, word in words.items():
        if word == "unknown":
            facts.pop(key, None)
            unknown[key] = (key,)
        else:
            facts[key] = Fact(key=key, word=word, at=example.at)
    return FactBase(period=last, facts=facts, unknown=unknown, closed=True)


def _id(base: KnowledgeBase, key: str) -> str:
    """Return the id of an indicator for its id or symbol; other keys as they are."""
    return base.catalogue.symbols.get(key, key)


def _with_row(
    accounts: Accounts, table: Table, given: Mapping[str, Decimal | str], at: At
) -> Accounts:
    """Return accounts with one row of a table, of which only what the example gives is known."""
    cells: dict[str, Cell] = {}
    for key, value in given.items():
        column = table.columns.get(key.removeprefix(f"{table.id}."))
        if not key.startswith(f"{table.id}.") or column is None or value == "unknown":
            continue
        flag = column.kind == FLAG and isinstance(value, str)
        cells[column.id] = Cell(value == "yes" if flag else value, str(value), at)
    return replace(accounts, records={table.id: rows_of([(at, cells)])})


def _method(base: KnowledgeBase, words: Mapping[str, str]) -> Method:
    """Return the method that the words ``method.<choice>`` of an example ask for."""
    methods = base.catalogue.methods
    picks = (
        Pick(choice.id, words[f"method.{choice.id}"])
        for choice in methods.choices.values()
        if f"method.{choice.id}" in words
    )
    return settle(methods, picks)


def _accounts(
    base: KnowledgeBase, figures: Mapping[str, tuple[Decimal | None, ...]], at: At
) -> Accounts:
    length = max((len(values) for values in figures.values()), default=1)
    periods = tuple(Period(id=f"p{number + 1}", at=at) for number in range(length))
    amounts: dict[tuple[str, str], Amount] = {}
    given: dict[tuple[str, str], GivenReading] = {}
    context: dict[str, Answer] = {}
    peers: list[PeerFigure] = []
    for key, values in figures.items():
        # A single figure stands for the last period.
        for period, value in zip(periods[length - len(values) :], values, strict=True):
            indicator = base.catalogue.indicator(key)
            if value is None:
                continue
            compared, _, group = key.rpartition(".")
            if group in base.catalogue.groups and compared in base.catalogue.yardsticks:
                peers.append(PeerFigure(group, "", compared, value, at, period=period.id))
            elif indicator is not None:
                given[indicator.id, period.id] = GivenReading(
                    indicator=indicator.id, period=period.id, value=value, at=at
                )
            elif key.startswith("company."):
                question = key.removeprefix("company.")
                context[question] = Answer(key=question, value=value, at=at)
            else:
                item = key.removeprefix("lines.")
                amounts[item, period.id] = Amount(item=item, period=period.id, value=value, at=at)
    return Accounts(
        file=at.file,
        company=Company(),
        currency="",
        unit=1,
        periods=periods,
        amounts=amounts,
        given=given,
        context=context,
        peers=tuple(peers),
    )


def _truth(base: KnowledgeBase, ran: Run, leaf: Leaf) -> Truth:
    made = {firing.made for firing in ran.firings}
    state = base.states.get(leaf.key)
    if state is not None and (stands := state.standing(made)) is not None:
        return Truth.YES if stands.id == leaf.word else Truth.NO
    if (leaf.key, leaf.word) in made:
        return Truth.YES
    return ran.base.truth_of(leaf)


def _found(ran: Run, rule: Rule) -> str:
    made = dict(firing.made for firing in ran.firings)
    words = {
        leaf.key: ran.base.facts[leaf.key].word
        for leaf in rule.when.leaves
        if leaf.key in ran.base.facts
    }
    words |= {leaf.key: made[leaf.key] for leaf in rule.when.leaves if leaf.key in made}
    return f"The facts were: {', '.join(f'{k}: {w}' for k, w in sorted(words.items())) or 'none'}."
