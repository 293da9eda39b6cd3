"""The page that tells how firm a diagnosis is, and the lines of it in the appendix."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.model.json_numbers import plain
from diagnost.model.rule import StateWord
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.conventions import Convention, Flip, conventions
from diagnost.report.figures import MOST_DECIMALS, Figures
from diagnost.report.formats import lowered
from diagnost.report.near_limits import Fragile, fragile
from diagnost.report.words import words_of

MOST_IN_APPENDIX = 5
"""How many figures near a limit the document names; the command names all."""


class FragileRow(NamedTuple):
    """A figure near a limit in words."""

    text: str
    findings: tuple[str, ...]


class SensitivityPage(NamedTuple):
    """Everything that a page about the firmness of a diagnosis shows."""

    language: str
    company: str
    subtitle: str
    fragile: tuple[FragileRow, ...]
    flips: tuple[str, ...]
    none_near: str
    words: dict[str, str]


def sensitivity_page(
    case: Case, period: str, found: Sequence[Convention], language: str, root: Path
) -> SensitivityPage:
    """Write how firm the diagnosis of a period is; ``found`` are conventions that change it."""
    words = words_of(language, root)
    figures = Figures(case, language, words)
    company = case.accounts.company
    return SensitivityPage(
        language=language,
        company=company.name or words["the_company"],
        subtitle=words["sensitivity.title"].format(period=figures.period(period)),
        fragile=tuple(
            FragileRow(fragile_text(each, figures), _told(each, figures))
            for each in fragile(case, period)
        ),
        flips=tuple(_convention(each, figures) for each in found),
        none_near=words["sensitivity.none_near"].format(
            share=formats.percent(case.base.catalogue.near.share, language)
        ),
        words=words,
    )


def near_limit_lines(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Return the lines of the appendix: the figures nearest to a limit, each of them once.

    Of several limits that one figure is near, that of the general norm is told.
    """
    told: dict[str, Fragile] = {}
    for each in fragile(case, period):
        kept = told.setdefault(each.indicator.id, each)
        if each.norm.id == "general" != kept.norm.id:
            told[each.indicator.id] = each
    found = list(told.values())[:MOST_IN_APPENDIX]
    return tuple(fragile_text(each, figures) for each in found)


def convention_lines(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Return the lines of the appendix: the conventions that would change a judgement."""
    return tuple(_convention(each, figures) for each in conventions(case, period))


def _convention(each: Convention, figures: Figures) -> str:
    verdicts = figures.words["list.semicolon"].join(_flip(f, figures) for f in each.flips)
    if each.option is None:
        return figures.words["sensitivity.unrounded"].format(verdicts=verdicts)
    option = each.option.name.in_language(figures.language)
    choice = each.choice.name.in_language(figures.language) if each.choice else ""
    return figures.words["sensitivity.flip"].format(choice=choice, option=option, verdicts=verdicts)


def fragile_text(each: Fragile, figures: Figures) -> str:
    """Say how near a figure stands to a limit, and what would carry it across."""
    words, indicator = figures.words, each.indicator
    assert each.reading.value is not None
    value = each.reading.value
    written, edge = (
        figures.reading(indicator, value),
        figures.write_limit(each.edge, indicator.unit),
    )
    finer = 0
    while value != each.edge and finer < MOST_DECIMALS and written == edge:
        finer += 1
        written = figures.write(value, indicator.unit, finer=finer)
    side = "at" if value == each.edge else "below" if value < each.edge else "above"
    text = words[f"sensitivity.{side}"].format(
        name=indicator.name.in_language(figures.language), value=written, edge=edge
    )
    if each.amended is not None and not each.rounding:
        item = figures.case.base.catalogue.line_items[each.amended.item]
        key = "more" if each.amended.by > 0 else "less"
        scaled = abs(each.amended.by) * figures.case.accounts.unit
        amount = formats.money(scaled, figures.case.accounts.currency, figures.language, words)
        text += words["list.space"] + words[f"sensitivity.{key}"].format(
            item=lowered(item.names.in_language(figures.language)), amount=amount
        )
    elif each.rounding:
        text += words["list.space"] + words["sensitivity.rounding"]
    return text


def _told(each: Fragile, figures: Figures) -> tuple[str, ...]:
    texts = (figures.sentence(f.statement.text, f.period) for f in each.findings)
    areas = {a.id: a.name.in_language(figures.language) for a in figures.case.base.areas}
    verdicts = (
        figures.words["sensitivity.judged"].format(
            area=areas[v.area], word=v.word.name.in_language(figures.language)
        )
        for v in each.verdicts
    )
    return tuple(dict.fromkeys([*verdicts, *(text for text in texts if text)]))


def _flip(flip: Flip, figures: Figures) -> str:
    areas = {a.id: a.name.in_language(figures.language) for a in figures.case.base.areas}

    def word(judged: StateWord | None) -> str:
        none = figures.words["not_judged"]
        return judged.name.in_language(figures.language) if judged else none

    return figures.words["goal.verdict"].format(
        area=areas[flip.area], before=word(flip.before), after=word(flip.after)
    )


def sensitivity_data(case: Case, period: str, found: Sequence[Convention]) -> dict[str, Any]:
    """Return the same as ids and numbers; rounding is a choice of its own."""
    return {
        "period": period,
        "near_limits": [
            {
                "indicator": each.indicator.id,
                "norm": each.norm.id,
                "value": plain(each.reading.value),
                "limit": plain(each.edge),
                "band": each.band.id,
                "beyond": each.beyond.id,
                "rounding": each.rounding,
                "amount": None
                if each.amended is None
                else {"item": each.amended.item, "by": plain(each.amended.by)},
                "findings": [f.statement.id for f in each.findings],
                "verdicts": [v.area for v in each.verdicts],
            }
            for each in fragile(case, period)
        ],
        "methods": [
            {
                "choice": each.choice.id if each.choice else "rounding",
                "option": each.option.id if each.option else "unrounded",
                "verdicts": [
                    {
                        "area": f.area,
                        "before": f.before.id if f.before else None,
                        "after": f.after.id,
                    }
                    for f in each.flips
                ],
            }
            for each in found
        ],
    }
