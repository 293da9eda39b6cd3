"""Inputs of calculators that accounts can give: their formulas beside those of the indicators."""

from collections.abc import Iterable
from dataclasses import replace

from diagnost.knowledge.record_references import RecordNames
from diagnost.knowledge.references import check_indicator, in_order_of_use
from diagnost.knowledge.shape import Problems
from diagnost.model.calculator import MONEY_UNIT, PERCENT_UNIT, Calculator, Input
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Citation, Indicator, Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, nearest
from diagnost.model.terms import names_of


def drawn_id(calculator: Calculator, drawn: Input) -> str:
    """Return the id under which an input is computed from accounts."""
    return f"calculators.{calculator.id}.{drawn.id}"


def with_drawn(
    catalogue: Catalogue, calculators: Iterable[Calculator], problems: Problems | None = None
) -> Catalogue:
    """Return a catalogue that also computes the inputs which accounts can give."""
    steady = next(iter(catalogue.steadiness.values()))
    drawn: dict[str, Indicator] = {}
    for calculator in calculators:
        for each in calculator.inputs.values():
            if each.drawn is None:
                continue
            id_ = drawn_id(calculator, each)
            drawn[id_] = Indicator(
                id=id_,
                symbol=id_,
                name=each.name,
                meaning=None,
                formula=each.drawn,
                otherwise=None,
                unit={MONEY_UNIT: Unit.MONEY, PERCENT_UNIT: Unit.PERCENT}.get(
                    each.unit, Unit.NUMBER
                ),
                better="neither",
                steadiness=steady,
                undefined=(),
                norms=(),
                cites=Citation(),
                shown=False,
                at=each.at,
                per=calculator.about,
            )
    dated = frozenset(q.id for q in catalogue.questions.values() if q.purpose)
    records = RecordNames(catalogue.tables, catalogue.selections, dated)
    ordered = in_order_of_use(
        {**catalogue.indicators, **drawn}, problems if problems is not None else Problems(), records
    )
    symbols = {**catalogue.symbols, **{id_: id_ for id_ in drawn}}
    return replace(catalogue, indicators=ordered, symbols=symbols)


def check_drawn(base: KnowledgeBase, problems: Problems) -> None:
    """Note what is wrong with the formulas and norms by which inputs are known."""
    catalogue = with_drawn(base.catalogue, base.calculators.values())
    whole = base.with_catalogue(catalogue)
    for calculator in base.calculators.values():
        for each in calculator.inputs.values():
            if each.drawn is not None:
                check_indicator(catalogue.indicators[drawn_id(calculator, each)], whole, problems)
            named = (*base.catalogue.tables, *base.catalogue.selections)
            if each.rows and each.rows not in named:
                hint = nearest(each.rows, named)
                problems.say("K221", f"'{each.rows}' is no table of records", each.at, hint)
            if each.edge:
                _check_edges((each.edge,), each.at, base, problems)
        for figure in calculator.figures.values():
            for case in figure.cases:
                terms = (case.gives, *((case.when,) if case.when is not None else ()))
                names = (name for term in terms for name in names_of(term))
                edges = tuple(n for n in names if n.endswith((".lower", ".upper")))
                _check_edges(edges, case.at, base, problems)


def _check_edges(names: Iterable[str], at: At, base: KnowledgeBase, problems: Problems) -> None:
    for name in names:
        if base.catalogue.edge(name) is None:
            message = f"'{name}' is no edge of a band"
            problems.say("K203", message, at, "Write lower(SYMBOL, band) or upper(SYMBOL, band).")
