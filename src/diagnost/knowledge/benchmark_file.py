"""``knowledge/benchmarks.yaml``: with whom a company is compared, and how near is near."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.benchmark import Group, OtherName, Yardstick
from diagnost.model.indicator import Indicator, Unit
from diagnost.model.located import nearest
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

BETTER = ("above", "below", "neither")
_BETTER = {"higher": "above", "lower": "below"}


class Comparisons(NamedTuple):
    """What the file says."""

    groups: Mapping[str, Group] = {}
    yardsticks: Mapping[str, Yardstick] = {}
    other_names: tuple[OtherName, ...] = ()


class _Near(NamedTuple):
    relative: Decimal
    points: Decimal
    assumed: bool


def read_benchmarks(
    node: Node | None, indicators: Mapping[str, Indicator], problems: Problems
) -> Comparisons:
    """Read the file; a knowledge base without it compares with nobody.

    Every indicator that is shown and no amount of money has a yardstick, those listed first.
    """
    if node is None:
        return Comparisons()
    file = Shape(node, problems, "the benchmarks")
    near_node = file.node("near", required=True)
    near = _near(Shape(near_node or node, problems, "'near'"))
    groups = _groups(file, problems)
    yardsticks: dict[str, Yardstick] = {}
    for item in file.items("indicators"):
        shape = Shape(item, problems, "a comparison")
        yardstick = _yardstick(shape, indicators, near)
        if yardstick is not None and yardstick.indicator in yardsticks:
            problems.say("K207", f"'{yardstick.indicator}' stands twice", shape.at)
        elif yardstick is not None:
            yardsticks[yardstick.indicator] = yardstick
    for indicator in indicators.values():
        if indicator.shown and not indicator.dated and indicator.unit is not Unit.MONEY:
            yardsticks.setdefault(indicator.id, _general(indicator, near))
    names = tuple(
        _other_name(Shape(item, problems, "another name"), groups, indicators)
        for item in file.items("other_names")
    )
    file.done()
    return Comparisons(groups, yardsticks, names)


def _near(shape: Shape) -> _Near:
    near = _Near(
        relative=shape.decimal("relative", percent=True) or Decimal(0),
        points=shape.decimal("points", percent=True) or Decimal(0),
        assumed=shape.flag("assumed", default=False),
    )
    shape.done()
    return near


def _groups(file: Shape, problems: Problems) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    within = []
    for item in file.items("groups"):
        shape = Shape(item, problems, "a group")
        group = Group(
            id=shape.identifier(),
            name=shape.text("name", required=True) or Text({"en": ""}, shape.at),
            synonyms=tuple(scalar.text or "" for scalar in shape.words("synonyms")),
            kinds=tuple(scalar.text or "" for scalar in shape.words("kinds")),
            average=shape.flag("average", default=False),
            otherwise=shape.flag("otherwise", default=False),
            within=shape.word("within", default=""),
            at=shape.at,
        )
        shape.done()
        if group.id in groups:
            problems.say("K207", f"'{group.id}' stands twice", shape.at, "", groups[group.id].at)
        groups[group.id] = group
        within += [group] if group.within else []
    for group in within:
        if group.within not in groups:
            hint = nearest(group.within, groups)
            problems.say("K206", f"no group is called '{group.within}'", group.at, hint)
    if len([group for group in groups.values() if group.otherwise]) != 1:
        hint = "Mark one group with otherwise: yes."
        problems.say("K106", "one group must take firms of unstated kind", file.at, hint)
    return groups


def _yardstick(shape: Shape, indicators: Mapping[str, Indicator], near: _Near) -> Yardstick | None:
    name = shape.word("indicator")
    better = shape.word("better", among=("", *BETTER), default="")
    relative = shape.decimal("relative", percent=True)
    points = shape.decimal("points", percent=True)
    form = shape.flag("form", default=False)
    shape.done()
    indicator = indicators.get(name)
    if indicator is None or indicator.unit is Unit.MONEY:
        hint = nearest(name, indicators) or "Amounts of money are not compared."
        shape.problems.say("K203", f"'{name}' is no indicator to compare", shape.at, hint)
        return None
    general = _general(indicator, near)
    return general._replace(
        better=better or general.better,
        relative=general.relative if relative is None else relative,
        absolute=general.absolute if points is None else points,
        form=form,
    )


def _general(indicator: Indicator, near: _Near) -> Yardstick:
    return Yardstick(
        indicator=indicator.id,
        better=_BETTER.get(indicator.better, "neither"),
        relative=near.relative,
        absolute=near.points if indicator.unit is Unit.PERCENT else Decimal(0),
        assumed=near.assumed,
    )


def _other_name(
    shape: Shape, groups: Mapping[str, Group], indicators: Mapping[str, Indicator]
) -> OtherName:
    name = OtherName(
        labels=tuple(scalar.text or "" for scalar in shape.words("labels")),
        group=shape.word("group", among=tuple(groups)),
        indicator=shape.word("indicator"),
        at=shape.at,
    )
    shape.done()
    known = {*indicators, *(indicator.symbol for indicator in indicators.values())}
    if name.indicator not in known:
        hint = nearest(name.indicator, known)
        shape.problems.say("K203", f"'{name.indicator}' is no indicator", shape.at, hint)
    return name
