"""The page that tells what would be if some figures were others."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from diagnost.model.diagnosis import Advice, Finding, Verdict
from diagnost.model.indicator import Indicator, Polarity
from diagnost.model.supposition import Moved
from diagnost.report import formats
from diagnost.report.appendix import norm_text, table_name
from diagnost.report.before_after import Differences, ReadingShift
from diagnost.report.document import Word
from diagnost.report.figures import Figures
from diagnost.report.words import words_of


class AmountShift(NamedTuple):
    """A line item that is another, and why."""

    name: str
    before: str
    after: str
    change: str
    why: str


class FigureShift(NamedTuple):
    """An indicator that is another."""

    name: str
    before: str
    after: str
    norm: str
    judgement: str  # one word, or two with an arrow between


class WhatIfPage(NamedTuple):
    """Everything that a page about supposed changes shows, in its order."""

    language: str
    company: str
    subtitle: str
    moved: tuple[AmountShift, ...]
    answers: tuple[str, ...]
    verdicts: tuple[tuple[str, Word, Word], ...]
    readings: tuple[FigureShift, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    steps_gone: tuple[str, ...]
    steps_new: tuple[str, ...]
    words: dict[str, str]


def what_if_page(
    found: Differences,
    moved: Sequence[Moved],
    answers: Sequence[str],
    language: str,
    root: Path,
) -> WhatIfPage:
    """Write what would be if the figures were as supposed; ``answers`` are set answers in words."""
    words = words_of(language, root)
    then = Figures(found.before.case, language, words)
    now = Figures(found.after.case, language, words)
    areas = {a.id: a.name.in_language(language) for a in found.after.case.base.areas}
    company = found.after.case.accounts.company
    none = Word(words["not_judged"], "info")

    def word(verdict: Verdict | None) -> Word:
        if verdict is None:
            return none
        return Word(verdict.word.name.in_language(language), verdict.word.polarity.value)

    return WhatIfPage(
        language=language,
        company=company.name or words["the_company"],
        subtitle=words["what_if.title"].format(period=now.period(found.after.period)),
        moved=tuple(_amount_shift(each, now) for each in moved),
        answers=tuple(answers),
        verdicts=tuple((areas[area], word(b), word(a)) for area, b, a in found.verdicts),
        readings=tuple(figure_shifts(found, now)),
        gone=sentences(found.gone, then),
        new=sentences(found.new, now),
        steps_gone=steps(found.steps_gone, then),
        steps_new=steps(found.steps_new, now),
        words=words,
    )


def _amount_shift(moved: Moved, figures: Figures) -> AmountShift:
    item = figures.case.base.catalogue.line_items[moved.item]
    language, words = figures.language, figures.words
    before = "–" if moved.before is None else formats.amount(moved.before, language)
    sign = "+" if moved.by > 0 else ""
    return AmountShift(
        name=item.names.in_language(language),
        before=before,
        after=formats.amount(moved.after, language),
        change=sign + formats.amount(moved.by, language),
        why=words[f"what_if.why.{moved.why}"],
    )


def figure_shifts(found: Differences, figures: Figures) -> Iterable[FigureShift]:
    """Yield the indicators that are shown, those that are judged otherwise first."""
    listed = [s for s in found.readings if s.indicator.shown]
    for shift in sorted(listed, key=lambda s: s.words()[0] == s.words()[1]):
        before, after = (_value(shift.indicator, r.value, figures) for r in shift[1:])
        if before == after:
            continue  # too small a change to be seen
        yield FigureShift(
            name=table_name(shift.indicator, figures),
            before=before,
            after=after,
            norm=norm_text(shift.indicator, figures),
            judgement=_judgement(shift, figures),
        )


def _value(indicator: Indicator, value: Decimal | None, figures: Figures) -> str:
    form = {"days": "number", "money": "amount"}.get(indicator.unit.value, "")
    return "–" if value is None else figures.reading(indicator, value, form)


def _judgement(shift: ReadingShift, figures: Figures) -> str:
    norm = shift.indicator.general
    if norm is None:
        return "–"
    told = [
        figures.words[f"polarity.{norm.band_of(r.value).polarity}"] if r.value is not None else "–"
        for r in (shift.before, shift.after)
    ]
    return told[0] if told[0] == told[1] else f"{told[0]} → {told[1]}"


def sentences(findings: Iterable[Finding], figures: Figures) -> tuple[str, ...]:
    """Write what findings say, the gravest first; what is neither good nor bad is left out."""
    order = ("critical", "serious", "note")
    judging = (f for f in findings if f.statement.polarity is not Polarity.INFO)
    ranked = sorted(judging, key=lambda f: order.index(f.statement.weight.value))
    texts = (figures.sentence(f.statement.text, f.period) for f in ranked)
    return tuple(dict.fromkeys(text for text in texts if text))


def steps(advice: Iterable[Advice], figures: Figures) -> tuple[str, ...]:
    """Write the steps that advice tells to take."""
    texts = (figures.sentence(a.recommendation.text, a.period) for a in advice)
    return tuple(dict.fromkeys(text for text in texts if text))
