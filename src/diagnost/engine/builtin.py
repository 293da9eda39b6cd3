"""The built-in engine: a forward chainer that counts what each alternative still waits for."""

from collections.abc import Collection, Iterable

from diagnost.engine.names import Name
from diagnost.engine.plan import Plan
from diagnost.model.rule import FactKey


class BuiltinSession:
    """The built-in engine at work on one period.

    Conclusions about the keys in ``decided`` fire but are not believed: their words are known
    from elsewhere.
    """

    def __init__(self, plan: Plan, decided: Collection[FactKey] = ()) -> None:
        self.believed: set[Name] = set()
        self.fired: list[int] = []
        self._plan = plan
        self._decided = decided
        self._waits_for = list(plan.waits)

    def tell(self, names: Iterable[Name]) -> None:
        """Add facts and chain forward until nothing more fires."""
        agenda = [name for name in names if name not in self.believed]
        self.believed.update(agenda)
        while agenda:
            for index in self._plan.askers.get(agenda.pop(), ()):
                self._waits_for[index] -= 1
                if self._waits_for[index] == 0:
                    self.fired.append(index)
                    made = self._plan.alternatives[index].makes
                    if made not in self.believed and made[0] not in self._decided:
                        self.believed.add(made)
                        agenda.append(made)
