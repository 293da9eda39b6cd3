"""``rules/expected.yaml``: what logic finds doubtful and is meant to be so."""

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.expectation import LOGIC_CODES, Expected
from diagnost.yaml_reader import Node


def read_expected(node: Node | None, problems: Problems) -> tuple[Expected, ...]:
    """Read the expected problems, each with its reason."""
    if node is None:
        return ()
    file = Shape(node, problems, "the expected problems")
    found = []
    for entry in file.items("expected"):
        shape = Shape(entry, problems, "an expected problem")
        code = shape.word("code", among=LOGIC_CODES)
        about = sorted(scalar.text or "" for scalar in shape.words("of"))
        found.append(Expected(code, tuple(about), shape.word("because"), shape.at))
        shape.done()
    file.done()
    return tuple(found)
