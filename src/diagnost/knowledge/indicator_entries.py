"""Indicators, quantities and their variants."""

from diagnost.knowledge.entries import Mention
from diagnost.knowledge.norm_entries import read_norm
from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import Topic
from diagnost.model.formula_reading import own_name
from diagnost.model.indicator import Indicator, Undefined, Unit, Variant
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

_DEFAULT_STEADINESS = {
    Unit.TIMES: "ratio",
    Unit.PERCENT: "share",
    Unit.DAYS: "days",
    Unit.WEEKS: "days",
    Unit.MONTHS: "days",
    Unit.NUMBER: "ratio",
    Unit.MONEY: "money",
}


def read_indicator(
    topic: Topic, entry_id: str, shape: Shape, norms: tuple[Node, ...], *, shown: bool = True
) -> None:
    """Read an indicator with its norms; a quantity is an indicator that is not shown."""
    unit = Unit(shape.word("unit", among=[u.value for u in Unit]))
    group = shape.scalar("steady")
    group_id = group.text if group and group.text else _DEFAULT_STEADINESS[unit]
    if group_id not in topic.steadiness:
        at = group.at if group else shape.at
        known = ", ".join(topic.steadiness)
        topic.problems.say("K202", f"'{group_id}' is no group of trends", at, f"Known: {known}.")
    name = shape.text("name", required=True)
    symbol = shape.word("symbol")
    written = shape.scalar("formula", required=not shown)
    otherwise = shape.scalar("otherwise")
    # An indicator without a formula is what the company says it is.
    formula = topic.formula(written) if written is not None else own_name(symbol)
    indicator = Indicator(
        id=entry_id,
        symbol=symbol,
        name=name or Text({"en": symbol}, shape.at),
        meaning=shape.text("meaning"),
        formula=formula,
        otherwise=topic.formula(otherwise) if otherwise else None,
        unit=unit,
        better=shape.word(
            "better", among=("higher", "lower", "inside_band", "neither"), default="neither"
        ),
        steadiness=topic.steadiness.get(group_id) or next(iter(topic.steadiness.values())),
        undefined=tuple(_undefined(topic, item) for item in shape.items("undefined_when")),
        norms=tuple(read_norm(topic, item, unit) for item in norms),
        cites=topic.citation(shape, needed=shown),
        shown=shape.flag("shown", default=shown),
        balance=shape.flag("balance", default=False),
        variants=tuple(_variant(topic, item) for item in shape.items("variants")),
        at=shape.at,
        per=topic.per,
        only_given=written is None and shown,
        few_rows=shape.word("few_rows", default=""),
        year_before=shape.word("year_before", default=""),
    )
    shape.done()
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.indicators[entry_id] = indicator


def _variant(topic: Topic, node: Node) -> Variant:
    shape = Shape(node, topic.problems, "a variant")
    when = shape.node("when", required=True)
    found: list[tuple[str, tuple[str, ...]]] = []
    if when is not None:
        options = Shape(when, topic.problems, "the options of a variant")
        for choice in options.names():
            words = options.words(choice)
            found.append((choice, tuple(word.text or "" for word in words)))
            topic.entries.mentions += [
                Mention("option", f"{choice}.{word.text}", word.at) for word in words
            ]
    otherwise = shape.scalar("otherwise")
    variant = Variant(
        when=tuple(found),
        formula=topic.formula(shape.scalar("formula", required=True)),
        otherwise=topic.formula(otherwise) if otherwise else None,
        undefined=tuple(_undefined(topic, item) for item in shape.items("undefined_when"))
        if "undefined_when" in shape.entries
        else None,
        name=shape.text("name"),
        meaning=shape.text("meaning"),
        at=shape.at,
    )
    shape.done()
    return variant


def _undefined(topic: Topic, node: Node) -> Undefined:
    shape = Shape(node, topic.problems, "an undefined_when")
    undefined = Undefined(
        value=topic.formula(shape.scalar("value", required=True)),
        sign=shape.word("is", among=("zero", "negative")),
        reason=shape.word("reason"),
        at=shape.at,
    )
    shape.done()
    return undefined
