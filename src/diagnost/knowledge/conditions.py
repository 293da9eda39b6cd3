"""The condition language of all rules: ``all``, ``any``, ``none`` of ``{key: word}``."""

from decimal import Decimal

from diagnost.knowledge.shape import NUMBER, Problems, number
from diagnost.model.located import At
from diagnost.model.rule import Condition, Example, ExampleValue, Leaf
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence

_GROUPS = ("all", "any", "none")


def read_condition(node: Node, problems: Problems) -> Condition:
    """Read ``{key: word}``, ``{key: [word, word]}`` or ``{all: […], any: […], none: […]}``.

    A list of words means one of them (in ``none``: none of them). Members of ``any`` may be
    conditions with groups of their own.
    """
    if problems.witness is not None:
        problems.witness.special(node, "condition")
    if not isinstance(node, Mapping) or not node.entries:
        problems.say("K107", "a condition must be a mapping", node.at, "Write {key: word}.")
        return Condition()
    if not any(group in node.entries for group in _GROUPS):
        return _pairs(node, problems)
    everything: list[Leaf] = []
    choices: list[tuple[Condition, ...]] = []
    nothing: list[Leaf] = []
    for key, (scalar, value) in node.entries.items():
        if key not in _GROUPS:
            hint = "Beside all, any and none put facts into one of their lists."
            problems.say("K105", f"'{key}' is no key of a condition", scalar.at, hint)
            continue
        if not isinstance(value, Sequence):
            problems.say("K107", f"'{key}' must be a list", value.at, "Write [{key: word}, …].")
            continue
        if key == "any":
            choices.append(tuple(read_condition(item, problems) for item in value.items))
            continue
        for item in value.items:
            inner = read_condition(item, problems)
            if key == "all":
                everything += inner.all
                choices += inner.any
                nothing += inner.none
            else:
                nothing += inner.leaves
    return Condition(tuple(everything), tuple(choices), tuple(nothing))


def _pairs(node: Mapping, problems: Problems) -> Condition:
    everything: list[Leaf] = []
    choices: list[tuple[Condition, ...]] = []
    for key, (scalar, value) in node.entries.items():
        if isinstance(value, Sequence):
            leaves = [leaf for item in value.items if (leaf := _leaf(key, item, problems, scalar))]
            choices.append(tuple(Condition(all=(leaf,)) for leaf in leaves))
        else:
            leaf = _leaf(key, value, problems, scalar)
            everything += [leaf] if leaf else []
        if not key:
            problems.say("K107", "a fact needs a name", scalar.at)
    return Condition(tuple(everything), tuple(choices))


def _leaf(key: str, node: Node, problems: Problems, written: Scalar) -> Leaf | None:
    if isinstance(node, Scalar) and node.text:
        problems.place_of_key[node.at.file, node.at.line, node.at.column] = written.at
        return Leaf(key, node.text, node.at)
    problems.say("K107", f"'{key}' needs a word", node.at, "Write {key: word}.")
    return None


def read_example(node: Node, problems: Problems) -> Example:
    """Read a small case: ``{key: 0.83}``, ``{key: [100, 120]}`` by period, or ``{key: word}``."""
    values: list[tuple[str, ExampleValue]] = []
    places: list[At] = []
    if problems.witness is not None:
        problems.witness.special(node, "example")
    if not isinstance(node, Mapping):
        problems.say("K107", "an example must be a mapping", node.at, "Write {key: value}.")
        return Example(values=(), at=node.at)
    for key, (scalar, value) in node.entries.items():
        read = _example_value(value, problems)
        if read is not None:
            values.append((key, read))
            places.append(scalar.at)
    return Example(values=tuple(values), places=tuple(places), at=node.at)


def _example_value(node: Node, problems: Problems) -> ExampleValue | None:
    if isinstance(node, Scalar):
        text = node.text or ""
        return (number(text),) if NUMBER.fullmatch(text) else text
    if isinstance(node, Sequence):
        figures: list[Decimal | None] = []
        for item in node.items:
            figure = item.text if isinstance(item, Scalar) else ""
            if figure is None:
                figures.append(None)
            elif NUMBER.fullmatch(figure):
                figures.append(number(figure))
            else:
                problems.say("K109", "a list in an example holds one number per period", item.at)
        return tuple(figures)
    problems.say("K107", "an example gives numbers or words", node.at)
    return None
