"""Formulas as text: on a printed page, and as the knowledge base would write them."""

from collections.abc import Callable

from diagnost.model.formula_tree import Call, Name, Node, Number, Operation, OverRecords

Write = Callable[[Name | OverRecords], str]
"""Writes a name or a term over records of a formula."""


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def as_source(node: Node, outer: int) -> str:
    """Write a tree as the knowledge base would; ``outer`` is the rank of the operation around."""
    match node:
        case Name(name=name, moment=moment):
            parts = name.split(".")
            if node.elsewhere is not None:
                indicator, group = node.elsewhere
                return f"{group}({indicator})"
            if len(parts) == 3:  # the edge of a band
                return f"{parts[2]}({parts[0]}, {parts[1]})"
            return name if moment == "now" else f"{moment}({name})"
        case Number(value=value):
            return str(value)
        case OverRecords(text=text):
            return text
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            right_rank = rank + 1 if operator in "-/" else rank
            text = f"{as_source(left, rank)} {operator} {as_source(right, right_rank)}"
            return f"({text})" if rank < outer else text
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(as_source(a, 0) for a in arguments)})"


def as_printed(node: Node, write: Write, outer: int, decimal: str = ".") -> str:
    """Write a tree as a printed page shows it; ``outer`` is the rank of the operation around.

    ``decimal`` is the decimal sign of the language, for numbers that the formula itself holds.
    """

    def inside(part: Node, rank: int) -> str:
        return as_printed(part, write, rank, decimal)

    match node:
        case Number(value=value):
            return str(value).replace(".", decimal)
        case Name() | OverRecords():
            return write(node)
        case Operation(operator="-", left=Number(value=zero), right=right) if not zero:
            return f"−{inside(right, 2)}"
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            # The right side of − and / needs brackets already at equal rank.
            right_rank = rank + 1 if operator in "-/" else rank
            text = f" {_SIGNS[operator]} ".join((inside(left, rank), inside(right, right_rank)))
            return f"({text})" if rank < outer else text
        case Call(function="abs", arguments=[one]):
            return f"|{inside(one, 0)}|"
        case Call(function=function, arguments=arguments):
            # A comma would be taken for one of the numbers it parts.
            return f"{function}({'; '.join(inside(a, 0) for a in arguments)})"
