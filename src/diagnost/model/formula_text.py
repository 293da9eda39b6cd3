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


def as_printed(node: Node, write: Write, outer: int) -> str:
    """Write a tree as a printed page shows it; ``outer`` is the rank of the operation around."""
    match node:
        case Number(value=value):
            return str(value)
        case Name() | OverRecords():
            return write(node)
        case Operation(operator="-", left=Number(value=zero), right=right) if not zero:
            return f"−{as_printed(right, write, 2)}"
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            # The right side of − and / needs brackets already at equal rank.
            right_rank = rank + 1 if operator in "-/" else rank
            sides = as_printed(left, write, rank), as_printed(right, write, right_rank)
            text = f" {_SIGNS[operator]} ".join(sides)
            return f"({text})" if rank < outer else text
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(as_printed(a, write, 0) for a in arguments)})"
