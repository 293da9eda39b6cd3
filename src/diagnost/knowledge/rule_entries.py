"""What is concluded: statements, states and their rules, rulings, causes, recommendations."""

from diagnost.knowledge.conditions import read_condition
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import POLARITIES, Topic
from diagnost.model.horizon import Horizon, parse_horizon
from diagnost.model.indicator import Polarity
from diagnost.model.lever import Direction, Move
from diagnost.model.rule import (
    FOUND,
    VIEWPOINTS,
    CauseRule,
    Certainty,
    Conclusion,
    Condition,
    Leaf,
    Recommendation,
    Retold,
    Ruling,
    State,
    Statement,
    StateWord,
    Weight,
)
from diagnost.yaml_reader import Mapping, Node

URGENCIES = ("now", "this_quarter", "this_year")


def read_statement(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read what the document may say when a condition holds."""
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.statements[entry_id] = Statement(
        id=entry_id,
        area=shape.word("area", default=topic.area),
        when=topic.when(shape),
        polarity=Polarity(shape.word("polarity", among=POLARITIES)),
        certainty=Certainty(
            shape.word("certainty", among=[c.value for c in Certainty], default="certain")
        ),
        weight=Weight(shape.word("severity", among=[w.value for w in Weight], default="note")),
        viewpoint=shape.word("viewpoint", among=("", *VIEWPOINTS), default=""),
        place=shape.word(
            "place", among=("body", "list", "summary", "data", "trace"), default="body"
        ),
        text=topic.text(shape),
        detail=shape.text("detail"),
        brief=shape.text("brief"),
        doubt=shape.text("doubt"),
        prevails_over=topic.names(shape, "prevails_over", "statement"),
        invalidates=topic.names(shape, "invalidates", "amounts"),
        leads=shape.flag("leads", default=False),
        retold=_retold(topic, shape.node("retold")),
        cites=topic.citation(shape),
        fires_on=topic.examples(shape, "fires_on"),
        silent_on=topic.examples(shape, "silent_on"),
        at=shape.at,
        per=topic.per,
    )


def _retold(topic: Topic, node: Node | None) -> Retold | None:
    """Read how a statement is told once the opening has told its news."""
    if node is None:
        return None
    shape = Shape(node, topic.problems, "what is retold")
    after = topic.names(shape, "after", "statement")
    retold = Retold(after, shape.text("text"), shape.text("detail"))
    if not after:
        hint = "Write after: [the sentences of the opening that have told it]."
        topic.problems.say("K106", "what is retold needs the key 'after'", shape.at, hint)
    shape.done()
    return retold


LEVELS = ("none", "low", "high", "unknown")
"""Of how much of the thing a word of a state speaks."""


def read_state(topic: Topic, shape: Shape) -> None:
    """Read a state and the words it can take."""
    state_id = shape.identifier()
    words = []
    for item in shape.items("words"):
        word = Shape(item, topic.problems, "a word of a state")
        words.append(
            StateWord(
                id=word.identifier(),
                name=topic.text(word, "name"),
                polarity=Polarity(word.word("polarity", among=POLARITIES)),
                why=word.text("why"),
                graded=word.flag("graded", default=True),
                says=word.text("says"),
                level=word.word("level", among=LEVELS, default="none"),
                problem=word.flag("problem", default=True),
            )
        )
        word.done()
    verdict_on = shape.word("verdict_on", default="")
    shape.done()
    topic.entries.claim(state_id, shape.at, topic.problems)
    topic.entries.states[state_id] = State(
        id=state_id, words=tuple(words), verdict_on=verdict_on, at=shape.at, per=topic.per
    )


def read_conclusion(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read a rule: a word of a state that follows."""
    then = shape.node("then", required=True)
    leaves = read_condition(then, topic.problems).all if then is not None else ()
    if len(leaves) != 1:
        hint = "Write then: {state: word}."
        topic.problems.say("K107", "a rule concludes one word", shape.at, hint)
        leaves = (Leaf("", "", shape.at),)
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.conclusions[entry_id] = Conclusion(
        id=entry_id,
        when=topic.when(shape),
        key=leaves[0].key,
        word=leaves[0].word,
        cites=topic.citation(shape),
        fires_on=topic.examples(shape, "fires_on"),
        silent_on=topic.examples(shape, "silent_on"),
        at=shape.at,
        per=topic.per,
    )


def read_ruling(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read what is silenced, and why."""
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.rulings[entry_id] = Ruling(
        id=entry_id,
        when=topic.when(shape),
        silences=topic.names(shape, "silences", "told"),
        because=topic.text(shape, "because"),
        cites=topic.citation(shape),
        fires_on=topic.examples(shape, "fires_on"),
        silent_on=topic.examples(shape, "silent_on"),
        at=shape.at,
        per=topic.per,
    )


def read_cause(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read which findings explain which others."""
    effects = topic.names(shape, "effects", "statement")
    every, choices = _causes(topic, shape)
    causes = (*every, *(name for choice in choices for name in choice))
    if not effects or not causes:
        topic.problems.say("K106", "a cause needs effects and causes", shape.at)
    link = topic.when(shape, required=False)

    def one_of(names: tuple[str, ...]) -> tuple[Condition, ...]:
        return tuple(Condition(all=(Leaf(name, FOUND, shape.at),)) for name in names)

    when = link._replace(
        all=(*(Leaf(cause, FOUND, shape.at) for cause in every), *link.all),
        any=(one_of(effects), *map(one_of, choices), *link.any),
    )
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.causes[entry_id] = CauseRule(
        id=entry_id,
        when=when,
        effects=effects,
        causes=causes,
        identity=shape.flag("identity", default=False),
        text=topic.text(shape),
        detail=shape.text("detail"),
        cites=topic.citation(shape),
        fires_on=topic.examples(shape, "fires_on"),
        silent_on=topic.examples(shape, "silent_on"),
        at=shape.at,
        per=topic.per,
    )


def _causes(topic: Topic, shape: Shape) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Read ``causes: [a, b]`` (all of them), or ``{all: [a], any: [b, c]}``.

    Return those that must all be found, and the lists of which one must be.
    """
    _, node = shape.entries.get("causes", (None, None))
    if not isinstance(node, Mapping):
        return topic.names(shape, "causes", "statement"), ()
    shape.node("causes")
    groups = Shape(node, topic.problems, "the causes")
    every = topic.names(groups, "all", "statement")
    choice = topic.names(groups, "any", "statement")
    groups.done()
    return every, (choice,) if choice else ()


def read_recommendation(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read a piece of advice."""
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.recommendations[entry_id] = Recommendation(
        id=entry_id,
        area=shape.word("area", default=topic.area),
        when=topic.when(shape),
        urgency=shape.word("urgency", among=URGENCIES),
        text=topic.text(shape),
        brief=topic.text(shape, "brief"),
        effect=shape.text("effect"),
        watch=shape.text("watch"),
        horizon=horizon_of(shape, "horizon"),
        owner=_owner(topic, shape),
        first_step=shape.text("first_step"),
        answers=topic.names(shape, "answers", "statement"),
        prevails_over=topic.names(shape, "prevails_over", "recommendation"),
        moves=_moves(topic, shape),
        cites=topic.citation(shape),
        fires_on=topic.examples(shape, "fires_on"),
        silent_on=topic.examples(shape, "silent_on"),
        at=shape.at,
        per=topic.per,
    )


def _moves(topic: Topic, shape: Shape) -> tuple[Move, ...]:
    """Read ``moves: {inventories: down}``: line items that a step raises or lowers."""
    node = shape.node("moves")
    if node is None:
        return ()
    moved = Shape(node, topic.problems, "what advice moves")
    moved.names()
    found = []
    for item, (scalar, _) in moved.entries.items():
        topic.entries.mentions.append(Mention("line item", item, scalar.at))
        found.append(Move(item, Direction(moved.word(item, among=("up", "down")))))
    return tuple(found)


def _owner(topic: Topic, shape: Shape) -> str:
    scalar = shape.scalar("owner")
    if scalar is None:
        return ""
    topic.entries.mentions.append(Mention("owner", scalar.text or "", scalar.at))
    return scalar.text or ""


def horizon_of(shape: Shape, key: str) -> Horizon | None:
    """Take a length of time such as ``2 weeks``."""
    scalar = shape.scalar(key)
    if scalar is None:
        return None
    horizon = parse_horizon(scalar.text or "")
    if horizon is None:
        hint = "Write a number and days, weeks, months, quarters or years: 2 weeks, 1 quarter."
        shape.problems.say("K113", f"'{scalar.text}' is no horizon", scalar.at, hint)
    return horizon
