"""Examples to begin with for a new entry: tried before they are offered."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from diagnost.check.examples import Trial, run_trial
from diagnost.model.indicator import Indicator, Norm
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Condition, Example, ExampleValue, Leaf, Rule

Values = dict[str, ExampleValue]

_STEP = {"times": Decimal("0.01"), "percent": Decimal("0.001")}


def first_examples(base: KnowledgeBase, rule: Rule) -> tuple[str, str]:
    """Return a case in which an entry fires and one in which it does not, in YAML; '' for none.

    Figures lie close to the edges that the condition asks about.
    """
    leaves = tuple(_first_way(rule.when))
    for near in (_values_by_figures, _values_by_words):
        pairs = [near(base, leaf) for leaf in leaves]
        fires: Values = {}
        for inside, _ in pairs:
            fires |= inside
        if not _fires(base, rule, fires):
            continue
        for _, outside in pairs:
            silent = {**fires, **outside}
            if outside and not _fires(base, rule, silent):
                return _written(fires), _written(silent)
        return _written(fires), ""
    return "", ""


def _first_way(condition: Condition) -> Iterator[Leaf]:
    """Yield the facts of the first way in which a condition may hold."""
    yield from condition.all
    for group in condition.any:
        yield from _first_way(group[0])


def _values_by_words(base: KnowledgeBase, leaf: Leaf) -> tuple[Values, Values]:
    """Return the fact as it is asked for, and as another word."""
    other = next((word for word in base.words.get(leaf.key, ()) if word != leaf.word), "unknown")
    return {leaf.key: leaf.word}, {leaf.key: other}


def _values_by_figures(base: KnowledgeBase, leaf: Leaf) -> tuple[Values, Values]:
    """Return figures by which a fact holds, and figures close by by which it does not."""
    maker = base.rules.get(leaf.key) or next(
        (r for r in base.conclusions.values() if r.makes == (leaf.key, leaf.word)), None
    )
    if maker is not None and maker.fires_on and maker.silent_on:
        return dict(maker.fires_on[0].values), dict(maker.silent_on[0].values)
    indicator = base.catalogue.indicators.get(leaf.key)
    if indicator is None or indicator.general is None:
        return _values_by_words(base, leaf)
    found = _by_edge(indicator, indicator.general, leaf.word)
    if found is None:
        return _values_by_words(base, leaf)
    inside, outside = found
    return {leaf.key: (inside,)}, {leaf.key: (outside,)}


def _by_edge(indicator: Indicator, norm: Norm, word: str) -> tuple[Decimal, Decimal] | None:
    """Return a value just within a band and one just outside it; None where there is no edge."""
    band = next((each for each in norm.bands if each.id == word), None)
    if band is None:
        return None
    step = _STEP.get(indicator.unit.value, Decimal(1))
    lower, upper = norm.edges(word)
    edge = upper if upper is not None else lower
    if edge is None:
        return None
    for inside in (edge, edge - step, edge + step):
        for outside in (edge, edge + step, edge - step):
            if norm.band_of(inside).id == word != norm.band_of(outside).id:
                return inside, outside
    return None


def _fires(base: KnowledgeBase, rule: Rule, values: Mapping[str, ExampleValue]) -> bool:
    example = Example(values=tuple(values.items()), at=rule.at)
    return bool(run_trial(base, Trial(rule, example, fires=True)).fired(rule.id))


def _written(values: Mapping[str, ExampleValue]) -> str:
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in values.items()) + "}"


def _value(value: ExampleValue) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value in ("yes", "no") else value
    figures = ["~" if figure is None else str(figure) for figure in value]
    return figures[0] if len(figures) == 1 else f"[{', '.join(figures)}]"
