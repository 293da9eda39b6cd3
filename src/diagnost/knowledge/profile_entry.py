"""How a questionnaire is scored: the entry ``profile`` of its file."""

from decimal import Decimal

from diagnost.knowledge.shape import NUMBER, Problems, Shape, number
from diagnost.model.indicator import Polarity
from diagnost.model.profile import Profile, ProfileBand
from diagnost.model.text import Text
from diagnost.yaml_reader import Mapping, Node


def read_profile(node: Node, short: Decimal | None, problems: Problems) -> Profile:
    """Read how the areas are scored; without ``through`` the questions up to ``short`` count."""
    shape = Shape(node, problems, "a profile")
    through = shape.decimal("through", percent=False)
    profile = Profile(
        through=int(through if through is not None else short or 0),
        answered=shape.decimal("answered", percent=True) or Decimal(0),
        least=shape.decimal("least", percent=False) or Decimal(0),
        most=shape.decimal("most", percent=False) or Decimal(100),
        bands=tuple(_band(Shape(b, problems, "a band")) for b in shape.items("bands")),
        scores=_scores(shape.node("scores"), problems),
        at=shape.at,
    )
    shape.done()
    edges = [band.edge for band in profile.bands]
    inner = [edge for edge in edges[:-1] if edge is not None]
    if not edges or edges[-1] is not None or len(inner) < len(edges) - 1 or inner != sorted(inner):
        hint = "Each band but the last has an upper edge (below or through), and the edges rise."
        problems.say("K301", "the bands of the profile do not follow one another", shape.at, hint)
    return profile


def _band(shape: Shape) -> ProfileBand:
    through = shape.decimal("through", percent=False)
    below = shape.decimal("below", percent=False)
    band = ProfileBand(
        id=shape.identifier(),
        name=shape.text("name", required=True) or Text({"en": ""}, shape.at),
        polarity=Polarity(shape.word("polarity", among=[p.value for p in Polarity])),
        edge=below if below is not None else through,
        included=through is not None,
    )
    shape.flag("assumed", default=False)
    shape.done()
    return band


def _scores(node: Node | None, problems: Problems) -> dict[str, dict[Decimal, Decimal]]:
    """Read ``{question: {1: 0, 2: 50}}``: numbers of a scale that are worth what none would say."""
    found: dict[str, dict[Decimal, Decimal]] = {}
    if node is None:
        return found
    scores = Shape(node, problems, "the scores")
    for question in scores.names():
        worth = scores.entries[question][1]
        if not isinstance(worth, Mapping):
            problems.say("K107", f"'{question}' needs the worth of its numbers", worth.at)
            continue
        shape = Shape(worth, problems, "the scores of a question")
        for written in shape.names():
            score = shape.decimal(written, percent=False)
            if NUMBER.fullmatch(written) and score is not None:
                found.setdefault(question, {})[number(written)] = score
        shape.done()
    return found
