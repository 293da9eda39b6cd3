"""``knowledge/charts.yaml``: what is drawn in a document."""

from diagnost.knowledge.conditions import read_condition
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.catalogue import Catalogue
from diagnost.model.chart import (
    ChartKind,
    ChartPlan,
    Drawn,
    Heading,
    LotColumns,
    MonthColumns,
    Pile,
)
from diagnost.model.knowledge import Area
from diagnost.model.located import At, nearest
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

_KINDS = tuple(kind.value for kind in ChartKind)


def read_charts(
    node: Node | None, catalogue: Catalogue, areas: tuple[Area, ...], problems: Problems
) -> tuple[ChartPlan, ...]:
    """Read the charts; a figure, limit, area or decomposition that is none is a problem."""
    if node is None:
        return ()
    file = Shape(node, problems, "the charts")
    charts: dict[str, ChartPlan] = {}
    for entry in file.items("charts"):
        shape = Shape(entry, problems, "a chart")
        chart = _chart(shape, catalogue, problems)
        shape.done()
        known = [area.id for area in areas]
        if chart.area and chart.area not in known:
            problems.say(
                "K206", f"no area is called '{chart.area}'", chart.at, nearest(chart.area, known)
            )
        if chart.id in charts:
            problems.say("K207", f"'{chart.id}' stands twice", chart.at, "", charts[chart.id].at)
        charts[chart.id] = chart
    file.done()
    return tuple(charts.values())


def _chart(shape: Shape, catalogue: Catalogue, problems: Problems) -> ChartPlan:
    decomposition = shape.word("decomposition", default="")
    if decomposition and decomposition not in catalogue.decompositions:
        hint = nearest(decomposition, catalogue.decompositions)
        problems.say("K206", f"no decomposition is called '{decomposition}'", shape.at, hint)
    headings = tuple(_heading(item, problems) for item in shape.items("says"))
    if not headings:
        hint = "Write says: with a list of texts, the last of them without a condition."
        problems.say("K106", "a chart needs to say something", shape.at, hint)
    return ChartPlan(
        id=shape.identifier(),
        area=shape.word("area", default=""),
        kind=ChartKind(shape.word("kind", among=_KINDS)),
        headings=headings,
        figures=_figures(shape, "figures", catalogue, problems),
        piles=tuple(_pile(item, catalogue, problems) for item in shape.items("piles")),
        limits=_figures(shape, "limits", catalogue, problems, edges=True),
        decomposition=decomposition,
        side=_side(shape, catalogue, problems),
        months=_months(shape, catalogue, problems),
        lots=_lots(shape, catalogue, problems),
        people=_people(shape, catalogue, problems),
        at=shape.at,
    )


def _side(shape: Shape, catalogue: Catalogue, problems: Problems) -> str:
    scalar = shape.scalar("side")
    side = (scalar.text or "") if scalar is not None else ""
    if scalar is not None and side not in catalogue.sides:
        hint = nearest(side, catalogue.sides)
        problems.say("K206", f"no side is called '{side}'", scalar.at, hint)
    return side


def _months(shape: Shape, catalogue: Catalogue, problems: Problems) -> MonthColumns | None:
    node = shape.node("months")
    if node is None:
        return None
    inner = Shape(node, problems, "the months of a chart")
    found = MonthColumns(*(inner.word(key) for key in MonthColumns._fields))
    inner.done()
    return found if _in_table(found, inner, catalogue, problems) else None


def _lots(shape: Shape, catalogue: Catalogue, problems: Problems) -> LotColumns | None:
    node = shape.node("lots")
    if node is None:
        return None
    inner = Shape(node, problems, "the lots of a chart")
    found = LotColumns(*(inner.word(key) for key in LotColumns._fields))
    inner.done()
    return found if _in_table(found, inner, catalogue, problems) else None


def _people(shape: Shape, catalogue: Catalogue, problems: Problems) -> str:
    scalar = shape.scalar("people")
    table = (scalar.text or "") if scalar is not None else ""
    if scalar is not None and table not in catalogue.tables_of_subjects:
        hint = nearest(table, catalogue.tables_of_subjects)
        message = f"the rows of no table '{table}' are looked at one by one"
        problems.say("K206", message, scalar.at, hint)
    return table


def _in_table(
    found: MonthColumns | LotColumns, shape: Shape, catalogue: Catalogue, problems: Problems
) -> bool:
    """Say whether a table is known; columns that it does not have are problems."""
    table = catalogue.tables.get(found.table)
    if table is None:
        hint = nearest(found.table, catalogue.tables)
        problems.say("K206", f"no table is called '{found.table}'", shape.at, hint)
        return False
    for column in found[1:]:
        if column not in table.columns:
            hint = nearest(column, table.columns)
            problems.say("K206", f"'{column}' is no column of {found.table}", shape.at, hint)
    return True


def _heading(node: Node, problems: Problems) -> Heading:
    shape = Shape(node, problems, "what a chart says")
    when = shape.node("when")
    heading = Heading(
        text=shape.text("text", required=True) or Text({"en": ""}, shape.at),
        when=read_condition(when, problems) if when is not None else None,
    )
    shape.done()
    return heading


def _pile(node: Node, catalogue: Catalogue, problems: Problems) -> Pile:
    shape = Shape(node, problems, "a pile")
    pile = Pile(
        name=shape.text("name", required=True) or Text({"en": ""}, shape.at),
        parts=_figures(shape, "parts", catalogue, problems),
        at=shape.at,
    )
    shape.done()
    return pile


def _figures(
    shape: Shape, key: str, catalogue: Catalogue, problems: Problems, *, edges: bool = False
) -> tuple[Drawn, ...]:
    """Read figures, each with a name of its own if it has one."""
    found = []
    for item in shape.items(key):
        inner = Shape(item, problems, "a figure of a chart")
        split = _figures(inner, "parts", catalogue, problems) if "parts" in inner.entries else ()
        drawn = Drawn(inner.word("figure"), inner.text("name"), inner.at, split)
        inner.done()
        if not (edges and catalogue.edge(drawn.figure) is not None):
            _known(drawn.figure, drawn.at, catalogue, problems)
        found.append(drawn)
    return tuple(found)


def _known(figure: str, at: At, catalogue: Catalogue, problems: Problems) -> None:
    if figure not in catalogue.line_items and catalogue.indicator(figure) is None:
        hint = nearest(figure, [*catalogue.symbols, *catalogue.line_items])
        problems.say("K203", f"'{figure}' is no line item and no indicator", at, hint)
