"""What leads to what: findings as boxes, causes at the left of what they explain."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from diagnost.model.chart import ChartPlan
from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Polarity
from diagnost.model.rule import Weight
from diagnost.report.charts.canvas import EMPTY, FILLS, LEADING, Canvas, folded, spread
from diagnost.report.charts.words import Drawing, listed
from diagnost.report.document import Sentence, body
from diagnost.report.figures import Figures
from diagnost.report.formats import raised

WIDTH = 640.0
SMALL = 11.0
BETWEEN, APART, PADDING, LINES = 34.0, 10.0, 7.0, 6
MOST_COLUMNS, MOST_ROWS, FEWEST_LINKS = 4, 5, 3
_POLARITIES = tuple(Polarity)
_WEIGHTS = (Weight.CRITICAL, Weight.SERIOUS, Weight.NOTE)

_Links = frozenset[tuple[str, str]]
"""Pairs of findings: a cause and what it explains."""


class _Box(NamedTuple):
    """A finding where it stands."""

    x: float
    y: float  # of its middle
    high: float
    lines: tuple[str, ...]


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the chains that end in bad news of the last period; None where little hangs together."""
    findings = _findings(figures, periods[-1])
    texts = {name: _text(finding, figures, periods[-1]) for name, finding in findings.items()}
    links = frozenset(
        (cause.cause, cause.effect)
        for cause in figures.case.diagnosis.causes
        if cause.period == periods[-1]
        and not cause.gave_way_to
        and not cause.rule.identity
        and texts.get(cause.cause)
        and texts.get(cause.effect)
    )
    columns, links = _columns(links, findings)
    if len(links) < FEWEST_LINKS:
        return None
    wide = (WIDTH - 2 - BETWEEN * (len(columns) - 1)) / len(columns)
    boxes = _boxes(columns, links, texts, wide)
    low = min(box.y - box.high / 2 for box in boxes.values())
    high = max(box.y + box.high / 2 for box in boxes.values())
    canvas = Canvas(WIDTH, high - low + 8)
    placed = {name: box._replace(y=box.y - low + 4) for name, box in boxes.items()}
    for cause, effect in sorted(links):
        x, y = placed[cause].x + wide, placed[cause].y
        for lane in _lanes(cause, effect, columns):
            through = placed[lane]
            canvas.line((x, y), (through.x, through.y), kind="soft-line")
            canvas.line((through.x, through.y), (through.x + wide, through.y), kind="soft-line")
            x, y = through.x + wide, through.y
        canvas.arrow((x, y), (placed[effect].x, placed[effect].y))
    for name, box in placed.items():
        if name in findings:
            fill = FILLS[2] if findings[name].statement.polarity is Polarity.BAD else EMPTY
            canvas.block(box.x, box.y - box.high / 2, wide, box.high, fill)
            kind = fill.kind.replace("fill", "on")
            canvas.lines(box.x + PADDING, box.y, box.lines, size=SMALL, kind=kind)
    words = figures.words
    told = [
        words["chart.leads"].format(cause=texts[cause], effect=texts[effect])
        for cause, effect in sorted(links)
    ]
    text = words["chart.causes"].format(list=listed(told, words))
    return Drawing(canvas, text, counts=_counts(columns, links, findings, figures, periods[-1]))


def _findings(figures: Figures, period: str) -> dict[str, Finding]:
    """Return what is said in a period, by the ids of the statements."""
    return {
        finding.statement.id: finding
        for finding in figures.case.diagnosis.findings
        if finding.period == period and not finding.gave_way_to
    }


def _text(finding: Finding, figures: Figures, period: str) -> str:
    """Write a finding in a few words, else in its sentence; '' where that is too long for a box."""
    statement = finding.statement
    told = figures.sentence(statement.brief, period) or figures.sentence(statement.text, period)
    text = body(Sentence(told)) if told else ""
    narrow = (WIDTH - BETWEEN * (MOST_COLUMNS - 1)) / MOST_COLUMNS - 2 * PADDING - 2
    whole = folded(text, narrow, SMALL, LINES) == folded(text, narrow, SMALL, LINES + 1)
    return text if whole else ""


def _columns(links: _Links, findings: Mapping[str, Finding]) -> tuple[list[list[str]], _Links]:
    """Return the findings column by column, causes first, and the links that are left.

    A finding stands left of everything that it leads to; what is furthest from the bad news, or
    weighs least in a column that is full, is left out with its links.
    """
    bad = {name for name, f in findings.items() if f.statement.polarity is Polarity.BAD}
    reached = frontier = {effect for _, effect in links} & bad
    while frontier:
        frontier = {cause for cause, effect in links if effect in frontier} - reached
        reached = reached | frontier
    links = frozenset(link for link in links if set(link) <= reached)
    depth = _depths(links)
    kept: set[str] = set()
    for level in range(MOST_COLUMNS):
        found = [name for name, at in depth.items() if at == level]
        if level:
            found = [n for n in found if any(c == n and e in kept for c, e in links)]
        kept.update(sorted(found, key=lambda name: _gravity(findings[name], name))[:MOST_ROWS])
    links = frozenset((c, e) for c, e in links if {c, e} <= kept and depth[c] > depth[e])
    depth = _depths(links)
    linked = {name for link in links for name in link}
    columns = [
        sorted((n for n in linked if depth[n] == level), key=lambda n: _gravity(findings[n], n))
        for level in reversed(range(MOST_COLUMNS))
    ]
    return [column for column in columns if column], links


def _depths(links: _Links) -> dict[str, int]:
    """Return how many steps each finding is from the end of its chain, the longest way.

    Of findings that lead to each other the first by id comes to stand behind.
    """
    depth: dict[str, int] = {}

    def of(name: str, above: tuple[str, ...]) -> int:
        if name not in depth:
            effects = [e for c, e in sorted(links) if c == name and e not in (*above, name)]
            depth[name] = max((of(e, (*above, name)) + 1 for e in effects), default=0)
        return depth[name]

    for name in sorted({name for link in links for name in link}):
        of(name, ())
    return depth


def _gravity(finding: Finding, name: str) -> tuple[int, int, str]:
    statement = finding.statement
    return _POLARITIES.index(statement.polarity), _WEIGHTS.index(statement.weight), name


def _lanes(cause: str, effect: str, columns: Sequence[Sequence[str]]) -> list[str]:
    """Return names for the places at which a link passes through the columns between."""
    start, end = (
        next(place for place, column in enumerate(columns) if name in column)
        for name in (cause, effect)
    )
    return [f"{cause} {effect} {place}" for place in range(start + 1, end)]


def _boxes(
    columns: Sequence[Sequence[str]], links: _Links, texts: Mapping[str, str], wide: float
) -> dict[str, _Box]:
    """Place the boxes: those at the right one below the other, causes beside what they explain.

    A link that passes through a column has a lane of its own there, so that no box hides it.
    """
    steps = set(links)
    lanes: list[list[str]] = [[] for _ in columns]
    for cause, effect in sorted(links):
        way = [cause, *_lanes(cause, effect, columns), effect]
        steps.update(pairwise(way))
        for lane in way[1:-1]:
            lanes[int(lane.rpartition(" ")[2])].append(lane)
    boxes: dict[str, _Box] = {}
    for place in reversed(range(len(columns))):
        names = [*columns[place], *lanes[place]]
        lines = {
            n: folded(raised(texts[n]), wide - 2 * PADDING, SMALL, LINES) if n in texts else ()
            for n in names
        }
        high = {
            n: len(lines[n]) * SMALL * LEADING + (2 * PADDING if lines[n] else 0) for n in names
        }
        last = place == len(columns) - 1
        wanted = [float(row) if last else _middle(n, steps, boxes) for row, n in enumerate(names)]
        spots = spread(wanted, [high[n] + APART for n in names], -10_000, 10_000)
        x = 1 + place * (wide + BETWEEN)
        for name, y in zip(names, spots, strict=True):
            boxes[name] = _Box(x, y, high[name], lines[name])
    return boxes


def _middle(name: str, steps: set[tuple[str, str]], boxes: Mapping[str, _Box]) -> float:
    """Return the height at which a cause is nearest to what it leads to."""
    heights = [boxes[effect].y for cause, effect in steps if cause == name and effect in boxes]
    return sum(sorted(heights)) / len(heights)


def _counts(
    columns: Sequence[Sequence[str]],
    links: _Links,
    findings: Mapping[str, Finding],
    figures: Figures,
    period: str,
) -> dict[str, str]:
    """Return what the title names: the gravest thing explained, and a root of it."""
    named = {
        name: brief
        for column in columns
        for name in column
        if (brief := figures.sentence(findings[name].statement.brief, period))
    }
    ends = {effect for _, effect in links} - {cause for cause, _ in links}
    effects = sorted(ends & named.keys(), key=lambda n: _gravity(findings[n], n))
    if not effects:
        return {}
    behind = frontier = {effects[0]}
    while frontier:
        frontier = {cause for cause, effect in links if effect in frontier} - behind
        behind = behind | frontier
    roots = behind - {effect for _, effect in links}
    found = sorted(roots & named.keys(), key=lambda n: _gravity(findings[n], n))
    counts = {"effect": named[effects[0]]}
    return counts | ({"root": named[found[0]]} if found else {})
