"""The method in sentences: what was chosen, what differs from the usual, what follows from it."""

from collections.abc import Iterator

from diagnost.model.method import Choice
from diagnost.pipeline import Case
from diagnost.report.figures import Figures


def method_lines(case: Case, figures: Figures) -> tuple[str, ...]:
    """Return the method line and a sentence for every choice that is not the usual one."""
    return _Lines(case, figures).all()


def method_text(case: Case, figures: Figures, choice_id: str) -> str:
    """Return what the document says about one choice."""
    lines = _Lines(case, figures)
    choice = case.method.choices[choice_id]
    told = lines.of(choice) if choice_id in lines.told() else ()
    return figures.words["list.space"].join(told) or lines.clause(choice)


class _Lines:
    def __init__(self, case: Case, figures: Figures) -> None:
        self.case = case
        self.method = case.method
        self.figures = figures
        self.words = figures.words

    def all(self) -> tuple[str, ...]:
        named = [c for c in self.method.choices.values() if c.always]
        if not named:
            return ()
        clauses = self.words["list.semicolon"].join(self.clause(choice) for choice in named)
        told = self.told().values()
        return (
            self.words["method.line"].format(options=clauses),
            *(self.words["list.space"].join(self.of(choice)) for choice in told),
            *self._closing(),
        )

    def told(self) -> dict[str, Choice]:
        """Return the choices to be told of: unusual ones, and those the command line set back."""
        overruled = {pick.choice for pick in self.method.picks.values() if pick.instead_of}
        unusual = {choice.id for choice in self.method.unusual}
        return {c.id: c for c in self.method.choices.values() if c.id in overruled | unusual}

    def clause(self, choice: Choice) -> str:
        """Return the clause of the method line for a choice."""
        option = self.method.option(choice.id)
        return (option.line or option.name).in_language(self.figures.language)

    def of(self, choice: Choice) -> tuple[str, ...]:
        """Return the sentences on one choice: what, by whom, and what follows."""
        language = self.figures.language
        option = self.method.option(choice.id)
        key = "method.usual_again" if option.id == choice.usual.id else "method.other"
        sentences = [
            self.words[key].format(
                choice=choice.name.in_language(language),
                option=option.name.in_language(language),
                usual=choice.usual.name.in_language(language),
            )
        ]
        pick = self.method.picks[choice.id]
        if pick.instead_of:
            said = choice.option(pick.instead_of).name.in_language(language)
            sentences.append(self.words["method.overruled"].format(said=said))
        elif pick.at is None:
            sentences.append(self.words["method.by_command"])
        if option.remark is not None:
            sentences.append(option.remark.in_language(language))
        return tuple(sentences)

    def _closing(self) -> Iterator[str]:
        """Say where closing balances stand in for averages."""
        catalogue = self.case.base.catalogue
        periods = dict.fromkeys(
            reading.period
            for reading in self.case.readings.values()
            if catalogue.indicators[reading.indicator].on_closing(reading)
        )
        if periods:
            ids = [p.id for p in self.case.accounts.periods if p.id in periods]
            names = self.words["list.comma"].join(self.figures.period(id_) for id_ in ids)
            yield self.words["method.closing"].format(periods=names)
