"""The files beside the topics: line items, context, sources, areas, reasons, excuses."""

from pathlib import Path

from diagnost.knowledge.entries import Mention
from diagnost.knowledge.shape import Problems, Shape, check_slots
from diagnost.model.accounts import AmbiguousLabel, Composed, Identity, LineItem
from diagnost.model.knowledge import Area, Excuse, Section, Source, Viewpoint
from diagnost.model.located import DiagnostError, nearest
from diagnost.model.rule import VIEWPOINTS
from diagnost.model.side import Side
from diagnost.model.text import Text
from diagnost.yaml_reader import Mapping, Node, read

STATEMENTS = ("balance_sheet", "income_statement", "cash_flow")


def _words(shape: Shape, key: str) -> tuple[str, ...]:
    return tuple(scalar.text or "" for scalar in shape.words(key))


def _names(shape: Shape, key: str) -> Text:
    return shape.text(key, required=True) or Text({"en": ""}, shape.at)


def read_line_items(
    node: Node, problems: Problems
) -> tuple[
    dict[str, LineItem], tuple[AmbiguousLabel, ...], tuple[Composed, ...], tuple[Identity, ...]
]:
    """Read ``knowledge/line_items.yaml``."""
    file = Shape(node, problems, "the line items")
    items: dict[str, LineItem] = {}
    for entry in file.items("line_items"):
        shape = Shape(entry, problems, "a line item")
        item = LineItem(
            id=shape.identifier(),
            statement=shape.word("statement", among=STATEMENTS),
            names=_names(shape, "names"),
            synonyms=_words(shape, "synonyms"),
            signed=shape.flag("signed", default=False),
            if_absent=shape.word("if_absent", among=("unknown", "nil"), default="unknown"),
            at=shape.at,
            measured_by=shape.word("measured_by", default=""),
        )
        shape.done()
        if item.id in items:
            problems.say("K207", f"'{item.id}' stands twice", item.at, "", items[item.id].at)
        items[item.id] = item
    ambiguous = []
    for entry in file.items("ambiguous"):
        shape = Shape(entry, problems, "an ambiguous label")
        labels, choices = _words(shape, "labels"), shape.words("choices")
        shape.done()
        for choice in choices:
            if choice.text not in items:
                problems.say("K203", f"'{choice.text}' is no line item", choice.at)
        ambiguous.append(
            AmbiguousLabel(labels=labels, choices=tuple(c.text or "" for c in choices), at=shape.at)
        )
    composed = []
    for entry in file.items("composed"):
        shape = Shape(entry, problems, "a composed item")
        total, parts = shape.word("item", among=tuple(items)), _words(shape, "parts")
        sums, needs = _words(shape, "sums"), _words(shape, "needs")
        composed.append(Composed(total, parts, sums, needs, shape.at))
        shape.done()
    identities = []
    for entry in file.items("identities"):
        shape = Shape(entry, problems, "an identity")
        identity = Identity(total=shape.word("total"), parts=_words(shape, "parts"), at=shape.at)
        shape.done()
        for name in (identity.total, *identity.parts):
            if name not in items:
                problems.say("K203", f"'{name}' is no line item", shape.at)
        identities.append(identity)
    file.done()
    return items, tuple(ambiguous), tuple(composed), tuple(identities)


def read_sources(node: Node, problems: Problems) -> tuple[Source, ...]:
    """Read ``knowledge/sources.yaml``."""
    file = Shape(node, problems, "the sources")
    sources = [read_source(entry, problems) for entry in file.items("sources")]
    file.done()
    return tuple(sources)


def read_source(node: Node, problems: Problems) -> Source:
    """Read one source with its sections."""
    shape = Shape(node, problems, "a source")
    sections = []
    for item in shape.items("sections"):
        section = Shape(item, problems, "a section")
        count = section.decimal("count", percent=False)
        sections.append(
            Section(
                id=section.identifier(),
                title=_names(section, "title"),
                count=int(count or 0),
                at=section.at,
            )
        )
        section.done()
    source = Source(
        prefix=shape.word("prefix"),
        title=_names(shape, "title"),
        language=shape.word("language"),
        sections=tuple(sections),
        at=shape.at,
    )
    shape.done()
    return source


def load_sources(root: Path) -> tuple[Source, ...]:
    """Read the sources alone; raises DiagnostError with every problem found."""
    problems = Problems()
    name = "knowledge/sources.yaml"
    found = read_sources(read(root / name, name=name), problems)
    if problems:
        raise DiagnostError(problems)
    return found


def read_areas(
    node: Node, mentions: list[Mention], problems: Problems
) -> tuple[dict[str, Side], tuple[Area, ...]]:
    """Read ``rules/areas.yaml``: the sides of a company, and areas in the order of the document."""
    file = Shape(node, problems, "the areas")
    sides = [_side(Shape(entry, problems, "a side")) for entry in file.items("sides")]
    for extra in [side for side in sides if side.accounts][1:]:
        problems.say("K207", "the accounts belong to one side only", extra.at)
    areas = []
    for entry in file.items("areas"):
        shape = Shape(entry, problems, "an area")
        owner = shape.scalar("owner")
        if owner is not None:
            mentions.append(Mention("owner", owner.text or "", owner.at))
        areas.append(
            Area(
                id=shape.identifier(),
                name=_names(shape, "name"),
                topics=_words(shape, "topics"),
                at=shape.at,
                owner=(owner.text or "") if owner else "",
            )
        )
        shape.done()
    file.done()
    return {side.id: side for side in sides}, tuple(areas)


def _side(shape: Shape) -> Side:
    side = Side(
        id=shape.identifier(),
        accounts=shape.flag("accounts", default=False),
        unseen=shape.text("unseen"),
        at=shape.at,
        name=shape.text("name"),
        addressee=shape.text("addressee"),
    )
    shape.done()
    return side


def read_viewpoints(
    node: Node, areas: tuple[Area, ...], problems: Problems
) -> tuple[Viewpoint, ...]:
    """Read ``rules/viewpoints.yaml``: for whom documents are written, one entry per reader."""
    file = Shape(node, problems, "the viewpoints")
    known = [area.id for area in areas]
    viewpoints: dict[str, Viewpoint] = {}
    for entry in file.items("viewpoints"):
        shape = Shape(entry, problems, "a viewpoint")
        listed = shape.words("areas")
        for scalar in listed:
            name = scalar.text or ""
            if name not in known:
                hint = nearest(name, known) or "rules/areas.yaml names them all."
                problems.say("K206", f"no area is called '{name}'", scalar.at, hint)
        viewpoint = Viewpoint(
            id=shape.word("id", among=VIEWPOINTS),
            name=_names(shape, "name"),
            opening=_names(shape, "opening"),
            areas=tuple(scalar.text or "" for scalar in listed),
            at=shape.at,
        )
        shape.done()
        if viewpoint.id in viewpoints:
            problems.say("K207", f"'{viewpoint.id}' stands twice", shape.at)
        viewpoints[viewpoint.id] = viewpoint
    file.done()
    for name in VIEWPOINTS:
        if name not in viewpoints:
            problems.say("K106", f"the viewpoints need an entry '{name}'", node.at)
    return tuple(viewpoints.values())


def read_reasons(node: Node, problems: Problems) -> tuple[dict[str, Text], frozenset[str]]:
    """Read ``knowledge/reasons.yaml``: why an indicator has no reading, in words.

    The second are the reasons by which the figure does not arise.
    """
    file = Shape(node, problems, "the reasons")
    reasons = file.node("reasons", required=True)
    found: dict[str, Text] = {}
    if isinstance(reasons, Mapping):
        shape = Shape(reasons, problems, "the reasons")
        for key in shape.names():
            found[key] = _names(shape, key)
            check_slots(found[key], ("table", "rows", "least"), problems)
    moot = file.words("moot")
    for scalar in moot:
        if scalar.text not in found:
            hint = nearest(scalar.text or "", found)
            problems.say("K206", f"no reason is called '{scalar.text}'", scalar.at, hint)
    file.done()
    return found, frozenset(scalar.text or "" for scalar in moot)


def read_excuses(node: Node, problems: Problems) -> tuple[Excuse, ...]:
    """Read ``knowledge/not-encoded.yaml``: statements left out, with the reason."""
    file = Shape(node, problems, "the excuses")
    excuses = []
    for entry in file.items("not_encoded"):
        shape = Shape(entry, problems, "an excuse")
        excuses.append(Excuse(ids=_words(shape, "ids"), reason=shape.word("reason"), at=shape.at))
        shape.done()
    file.done()
    return tuple(excuses)
