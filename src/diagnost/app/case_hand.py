"""The hand with the figures of a case."""

from diagnost.app.hand import Hand
from diagnost.explain.pen import ChangeInWords, PartInWords
from diagnost.model.decomposition import Breakdown
from diagnost.model.indicator import Reading, RowsUsed
from diagnost.model.suspicion import Suspicion
from diagnost.model.text import Text
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.derivations import Derivations
from diagnost.report.figures import Figures
from diagnost.report.movements import change_in_words
from diagnost.report.suspicions import suspicion_text


class CaseHand(Hand):
    """A hand that writes sentences about a case as the report does."""

    def __init__(self, language: str, case: Case) -> None:
        super().__init__(language)
        self._figures = Figures(case, language, self.words)
        self._derivations = Derivations(self._figures)

    def sentence(self, text: Text | None, period: str) -> str | None:
        """Put the figures of a period into a text; None where one is not known."""
        return self._figures.sentence(text, period)

    def derivation(self, reading: Reading) -> str:
        """Write how a reading came about."""
        return self._derivations.derivation(reading, parts=False)

    def rows(self, used: RowsUsed) -> str:
        """Write how many rows of a table took part in a figure."""
        return self._derivations.rows(used)

    def suspicion(self, suspicion: Suspicion, period: str) -> str:
        """Say which figures are most likely wrong."""
        return suspicion_text(suspicion, self._figures, period)

    def change(self, breakdown: Breakdown) -> ChangeInWords:
        """Write what moved a figure."""
        change, effects = change_in_words(breakdown, self._figures)
        return ChangeInWords(
            change=change,
            since=self._figures.period(breakdown.before.period),
            parts=tuple(
                PartInWords(
                    name=share.part.name.in_language(self.language),
                    effect=effect,
                    before=self._derivations.plain(share.before),
                    now=self._derivations.plain(share.now),
                )
                for share, effect in zip(breakdown.shares, effects, strict=True)
            ),
            nought=tuple(effect[0] not in "+" + formats.MINUS for effect in effects),
        )

    def unit(self, unit: int) -> str:
        """Write what 1 means in amounts of the accounts."""
        return self._figures.unit(unit)
