"""Rules and facts in one line each."""

from diagnost.model.fact import Fact, FactBase
from diagnost.model.indicator import Citation
from diagnost.model.located import At
from diagnost.model.rule import Conclusion, Condition, Leaf


def place(line: int) -> At:
    return At("rules.yaml", line, 3)


def leaves(text: str) -> tuple[Leaf, ...]:
    """Read 'key:word key:word'."""
    pairs = (pair.split(":") for pair in text.split())
    return tuple(Leaf(key, word, place(1)) for key, word in pairs)


def when(all_: str = "", none: str = "", any_: tuple[tuple[Condition, ...], ...] = ()) -> Condition:
    return Condition(all=leaves(all_), any=any_, none=leaves(none))


def rule(
    id_: str, makes: str, all_: str = "", none: str = "", *, line: int = 1, any_: str = ""
) -> Conclusion:
    """Build a rule; ``any_`` is one group, its members divided by bars."""
    key, word = makes.split(":")
    group = tuple(when(member) for member in any_.split("|")) if any_ else ()
    return Conclusion(
        id=id_,
        key=key,
        word=word,
        when=when(all_, none, (group,) if group else ()),
        cites=Citation(),
        at=place(line),
    )


def base(facts: str = "", unknown: str = "", *, closed: bool = False) -> FactBase:
    return FactBase(
        period="2023",
        facts={leaf.key: Fact(key=leaf.key, word=leaf.word) for leaf in leaves(facts)},
        unknown={key: (f"{key}.line_item",) for key in unknown.split()},
        closed=closed,
    )
