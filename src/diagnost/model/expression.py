"""The text of a formula as a tree of Python's parser, within limits; nothing is ever run."""

import ast
import re
from collections.abc import Collection

MAX_LENGTH = 4_000
"""Characters of a formula; the longest that is shipped has 560."""
MAX_DEPTH = 100
"""Levels of brackets and operators; the deepest that is shipped has 12."""
_NUMBER = re.compile(r"\d{1,20}(\.\d{1,20})?|\.\d{1,20}")


class ExpressionError(ValueError):
    """A text that is no expression within limits; ``offset`` is the place of the fault, from 0."""

    def __init__(self, message: str, offset: int = 0) -> None:
        self.offset = offset
        super().__init__(message)


def shown(text: str) -> str:
    """Return a text short enough to be quoted in a message."""
    return text if len(text) <= 200 else f"{text[:200]} …"


def parse_expression(text: str, what: str) -> ast.expr:
    """Return the tree of an expression; ``what`` is what it should be ("a formula").

    Raises ExpressionError for what cannot be read, is too long or nested too deeply, and for
    numbers that are not written out.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = getattr(error, "offset", None) or 1
        raise ExpressionError(f"not {what}", offset - 1) from error
    _check(tree, text)
    return tree


def nested_calls(node: ast.AST, names: Collection[str]) -> int:
    """Return how many calls of these functions stand inside each other."""
    own = isinstance(node, ast.Call) and getattr(node.func, "id", "") in names
    return own + max((nested_calls(n, names) for n in ast.iter_child_nodes(node)), default=0)


def _check(tree: ast.expr, text: str) -> None:
    """Refuse what is nested too deeply and numbers such as ``1e999``, without recursion."""
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        level = [inner for node in level for inner in ast.iter_child_nodes(node)]
        for node in level:
            if isinstance(node, ast.Constant):
                _check_number(node, text)
        if not level:
            break
    else:
        raise ExpressionError(f"nested more than {MAX_DEPTH} levels deep")
    if isinstance(tree, ast.Constant):
        _check_number(tree, text)


def _check_number(node: ast.Constant, text: str) -> None:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float | complex):
        return
    written = ast.get_source_segment(text, node) or ""
    if not _NUMBER.fullmatch(written.replace("_", "")):
        raise ExpressionError("numbers are written out, such as 0.25 or 1000", node.col_offset)
