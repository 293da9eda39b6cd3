"""The order of the steps: urgency first, causes before symptoms, one step for each finding.

The reasons for this order stand in ``docs/decisions/0019-order-of-steps.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from diagnost.model.diagnosis import Cause, Finding
from diagnost.model.indicator import Polarity
from diagnost.model.rule import Recommendation, Weight
from diagnost.reason.verdicts import by_gravity

Reasons = Mapping[str, Sequence[Finding]]
"""The findings that each recommendation answers, by its id."""

_URGENCY = {"now": 0, "this_quarter": 1, "this_year": 2}
_WEIGHT = {weight: rank for rank, weight in enumerate(Weight)}


class _Turn(IntEnum):
    """Whose turn a step is, among steps of the same urgency."""

    FIRST = 0  # the first step against something that is a cause, or critical
    AFTER_ITS_CAUSE = 1  # the same, but a cause of it still waits for its own step
    FURTHER = 2  # what it answers is served by steps before it
    SYMPTOM = 3  # it answers only what a cause with a step of its own explains
    GENERAL = 4  # it answers nothing that was found


def ranked(
    steps: Sequence[Recommendation],
    reasons: Reasons,
    causes: Iterable[Cause],
    areas: Sequence[str],
    sides: Sequence[str] = (),
) -> list[Recommendation]:
    """Order the recommendations of a period.

    ``causes`` are the links between its findings. Where ``sides`` of the company are named, those
    steps come first whose finding is of an earlier one, whatever its gravity; ``areas``, in order
    of the document, decide among equals.
    """
    return _Order(steps, reasons, causes, areas, sides).walk()


class _Order:
    """Takes one step after the other and remembers which findings are served by then."""

    def __init__(
        self,
        steps: Sequence[Recommendation],
        reasons: Reasons,
        causes: Iterable[Cause],
        areas: Sequence[str],
        sides: Sequence[str],
    ) -> None:
        self.reasons = reasons
        self.left = list(steps)
        self.served: set[str] = set()
        self.area = {area: rank for rank, area in enumerate(areas)}
        self.side = {side: rank for rank, side in enumerate(sides)}
        self.found = {f.statement.id: f for step in steps for f in reasons[step.id]}
        # Only a cause that is answered itself can stand for what it explains.
        links = [
            (link.effect, link.cause)
            for link in causes
            if not link.rule.identity and self._troubles(link.effect) and self._troubles(link.cause)
        ]
        self.causes_of: dict[str, set[str]] = {}
        for effect, cause in links:
            self.causes_of.setdefault(effect, set()).add(cause)
        self.explaining = {cause for _, cause in links}

    def walk(self) -> list[Recommendation]:
        """Return the steps in order."""
        taken: list[Recommendation] = []
        while self.left:
            step = min(self.left, key=self._key)
            self.left.remove(step)
            self.served.update(f.statement.id for f in self.reasons[step.id])
            taken.append(step)
        return taken

    def _key(self, step: Recommendation) -> tuple[object, ...]:
        answered = self.reasons[step.id]
        turn, counted = self._turn(step)
        gravest = by_gravity(counted)[0].statement if counted else None
        return (
            bool(answered) and not any(_is_trouble(f) for f in answered),  # what went well is last
            _URGENCY[step.urgency],
            turn,
            self._side(gravest.id if gravest else step.id),
            _WEIGHT[gravest.weight] if gravest else len(_WEIGHT),
            not any(f.statement.id in self.explaining for f in counted),
            -sum(f.statement.id not in self.served for f in answered),
            step.cites.inference,
            self.area.get(step.area, len(self.area)),
            step.id,
        )

    def _side(self, entry: str) -> int:
        return self.side.get(entry.partition(".")[0], len(self.side))

    def _turn(self, step: Recommendation) -> tuple[_Turn, Sequence[Finding]]:
        """Return whose turn a step is now, and the findings for whose sake it is taken."""
        answered = self.reasons[step.id]
        if not answered:
            return _Turn.GENERAL, ()
        own = [f for f in answered if not self._is_symptom(f)]
        fresh = [f for f in own if f.statement.id not in self.served]
        if fresh:
            waits = all(self._waits(f, step.urgency) for f in fresh)
            return _Turn.AFTER_ITS_CAUSE if waits else _Turn.FIRST, fresh
        return (_Turn.FURTHER, own) if own else (_Turn.SYMPTOM, answered)

    def _is_symptom(self, finding: Finding) -> bool:
        """Say whether a finding is left to its causes: explained, explaining nothing, not critical.

        What is critical cannot wait until its cause is cured.
        """
        entry = finding.statement.id
        return (
            entry in self.causes_of
            and entry not in self.explaining
            and finding.statement.weight is not Weight.CRITICAL
        )

    def _waits(self, finding: Finding, urgency: str) -> bool:
        """Say whether no cause of a finding is served yet while a step as urgent would serve one.

        What is graver than its causes does not wait for them, nor does what they are treated with.
        """
        entry = finding.statement.id
        causes = self.causes_of.get(entry, set())
        if not causes or causes & self.served:
            return False
        weight = _WEIGHT[finding.statement.weight]
        awaited = {c for c in causes if _WEIGHT[self.found[c].statement.weight] <= weight}
        steps = (
            {f.statement.id for f in self.reasons[step.id]}
            for step in self.left
            if step.urgency == urgency
        )
        return any(awaited & answered and entry not in answered for answered in steps)

    def _troubles(self, entry: str) -> bool:
        return entry in self.found and _is_trouble(self.found[entry])


def _is_trouble(finding: Finding) -> bool:
    return finding.statement.polarity is not Polarity.GOOD
