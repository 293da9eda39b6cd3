"""What moved a figure, what is ruled out and what stays open, as plain values for JSON."""

from typing import Any

from diagnost.explain.alternatives import Alternatives, Moved, RuledOut
from diagnost.model.json_numbers import plain

Data = dict[str, Any]


def moved_data(tree: Moved) -> Data:
    """Return a change and what each part did; ``effect`` is in the unit of the whole."""
    breakdown = tree.breakdown
    return {
        "basis": "arithmetic",
        "decomposition": breakdown.decomposition.id,
        "of": breakdown.decomposition.of,
        "since": breakdown.before.period,
        "period": breakdown.now.period,
        "before": plain(breakdown.before.value),
        "now": plain(breakdown.now.value),
        "change": plain(breakdown.change),
        "leader": breakdown.leader.part.id if breakdown.leader else None,
        "parts": [
            {
                "part": share.part.id,
                "figure": share.part.figure,
                "before": plain(share.before.value),
                "now": plain(share.now.value),
                "effect": plain(share.effect),
                "moved": moved_data(behind) if behind is not None else None,
            }
            for share, behind in zip(breakdown.shares, tree.behind, strict=True)
        ],
    }


def alternatives_data(alternatives: Alternatives) -> Data:
    """Return whether anything explains, what is ruled out, and what would decide on the rest."""
    return {
        "explained": alternatives.explained,
        "ruled_out": [_ruled_out(each) for each in alternatives.ruled_out],
        "undecided": [
            {"needs": list(each.needs), "facts": list(each.keys), "causes": list(each.rules)}
            for each in alternatives.undecided
        ],
    }


def _ruled_out(out: RuledOut) -> Data:
    limit = None
    if out.limit is not None:
        limit = {
            "side": out.limit.side,
            "value": plain(out.limit.value),
            "assumed": out.limit.assumed,
        }
    return {
        "fact": out.key,
        "value": out.word,
        "reading": plain(out.reading.value) if out.reading is not None else None,
        "reason_only": limit,
        "causes": list(out.rules),
        "findings": list(out.causes),
    }
