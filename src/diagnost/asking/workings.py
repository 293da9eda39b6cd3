"""Answers about how a figure came about: the formula, the amounts in it, where they stand."""

from collections.abc import Iterable

from diagnost.asking import numbers
from diagnost.asking.figures import amount_sentence
from diagnost.asking.formulas import formula_key, in_short
from diagnost.asking.gaps import line_not_given, no_reading
from diagnost.asking.question import Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.model.indicator import Unit
from diagnost.model.located import At
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered


def how(speaker: Speaker, question: Question) -> Draft:
    """Answer how a figure came about."""
    if question.subject_kind == "line":
        return _how_line(speaker, question.subject)
    indicator = speaker.base.catalogue.indicators[question.subject]
    reading = speaker.case.reading(indicator.id, speaker.period)
    if reading.value is None:
        return no_reading(speaker, indicator)
    derivations = speaker.notes.derivations
    told = derivations.told(reading)
    name = speaker.indicator_name(indicator, symbol=True)
    number = speaker.notes.reading(reading)
    draft = Draft()
    if not indicator.only_given:
        formula = in_short(speaker, derivations.formula(told.indicator, in_full=True))
        said = speaker.say(formula_key(indicator), name=name, formula=formula)
        draft.direct.append(Sentence(said, (), indicator.id))
    if reading.given is not None:
        said = speaker.say(
            "given",
            name=lowered(speaker.indicator_name(indicator)),
            value=speaker.figures.reading(indicator, reading.value),
            period=speaker.spoken_period(),
        )
        draft.direct.append(Sentence(said, (number,), indicator.id))
        return draft
    derivation = in_short(speaker, derivations.derivation(told))
    derived = speaker.say("derived", period=speaker.spoken_period(), derivation=derivation)
    draft.chain.append(Sentence(derived, (number,), indicator.id))
    places = places_told(speaker, derivations.places(told))
    if places:
        draft.remarks.append(speaker.plain("places", places=places))
    items = [
        i for amount in reading.inputs if (i := amount.item) in speaker.base.catalogue.line_items
    ]
    rows = [numbers.item_row(speaker, item) for item in dict.fromkeys(items)]
    own = numbers.indicator_row(speaker, indicator)
    known = [row for row in (own, *rows) if row is not None]
    draft.numbers = numbers.table(speaker, known[: numbers.MOST + 1])
    return draft


def _how_line(speaker: Speaker, item: str) -> Draft:
    amount = speaker.case.accounts.amounts.get((item, speaker.period))
    if amount is None:
        return line_not_given(speaker, item)
    draft = Draft(direct=[amount_sentence(speaker, item)])
    if amount.parts:
        names = [
            speaker.say(
                "part",
                name=lowered(speaker.item_name(part.item)),
                value=speaker.figures.write(part.value, Unit.MONEY),
            )
            for part in amount.parts
            if part.item in speaker.base.catalogue.line_items
        ]
        draft.chain.append(speaker.plain("made_of", parts=speaker.listed(names)))
        rows = [numbers.item_row(speaker, part.item) for part in amount.parts]
        draft.numbers = numbers.table(speaker, [r for r in rows if r is not None][: numbers.MOST])
    else:
        draft.chain.append(speaker.plain("as_given", places=places_told(speaker, (amount.at,))))
    return draft


def places_told(speaker: Speaker, places: Iterable[At]) -> str:
    """Say where amounts stand, each file named once."""
    by_file: dict[str, list[str]] = {}
    for at in sorted(set(places)):
        if at.cell:
            told = speaker.say("at_cell", cell=at.cell, sheet=at.sheet)
        elif at.line:
            told = speaker.say("at_line", line=at.line, column=at.column)
        else:
            continue
        by_file.setdefault(at.file, []).append(told)
    return speaker.listed(
        speaker.say("in_file", file=file, places=speaker.listed(told))
        for file, told in by_file.items()
    )
