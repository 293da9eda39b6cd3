"""Answers about single figures: what they are, how they came about, what they mean."""

from decimal import Decimal

from diagnost.asking import numbers, premises
from diagnost.asking.courses import course_told, courses_asked, moved_all_the_same
from diagnost.asking.formulas import formula_key, in_short
from diagnost.asking.gaps import line_not_given, no_reading
from diagnost.asking.question import Direction, Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.decomposition import Breakdown
from diagnost.model.indicator import Indicator, Polarity
from diagnost.model.supposition import Moved
from diagnost.report import formats
from diagnost.report.appendix import norm_text
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered, raised
from diagnost.report.movements import movement_in_words

_PLACES = {"low": "reading.low", "high": "reading.high", "within": "reading.within"}

_USUAL = {"low": "reading.usual_low", "high": "reading.usual_high"}

# --- sentences that other answers use too -------------------------------------------------------


def reading_sentence(speaker: Speaker, indicator: Indicator) -> Sentence:
    """Write an indicator that has a value, beside its norm."""
    reading = speaker.case.reading(indicator.id, speaker.period)
    if reading.value is None:
        raise ValueError(f"{indicator.id} has no value")
    place = premises.position(indicator, reading.value)
    norm = indicator.general
    key = _PLACES[place] if place else "reading.plain"
    if place in _USUAL and norm and norm.band_of(reading.value).polarity is Polarity.INFO:
        key = _USUAL[place]  # beside the norm, and no matter
    text = speaker.say(
        key,
        name=speaker.indicator_name(indicator),
        value=speaker.figures.reading(indicator, reading.value),
        period=speaker.spoken_period(),
        norm=norm_text(indicator, speaker.figures),
    )
    return Sentence(text.replace("..", "."), (speaker.notes.reading(reading),), indicator.id)


def amount_sentence(speaker: Speaker, item: str) -> Sentence:
    """Write the amount of a line item that is given, beside the first one."""
    period, first = speaker.period, numbers.earlier(speaker)
    amounts = speaker.case.accounts.amounts
    amount, before = amounts[item, period], amounts.get((item, first))
    parts = {
        "name": speaker.item_name(item),
        "value": money(speaker, amount.value),
        "period": speaker.spoken_period(),
    }
    key = "amount.plain"
    if before is not None:
        change = amount.value - before.value
        key = "amount.more" if change > 0 else "amount.less" if change else "amount.same"
        parts["change"] = money(speaker, abs(change))
        parts["since"] = speaker.spoken_period(first)
    text = speaker.say(key, **parts).replace("..", ".")
    return Sentence(text, (speaker.notes.amount(amount),), item)


def money(speaker: Speaker, value: Decimal) -> str:
    """Write an amount of the accounts with its currency."""
    accounts, language = speaker.case.accounts, speaker.language
    return formats.money(value * accounts.unit, accounts.currency, language, speaker.words)


def shifted(speaker: Speaker, moved: Moved, *, named: bool = True) -> str:
    """Write an amount that is supposed to be another: its name, before and after."""
    before, after = (
        "–" if value is None else money(speaker, value) for value in (moved.before, moved.after)
    )
    name = lowered(speaker.item_name(moved.item)) if named else ""
    return speaker.words["goal.means"].format(name=name, before=before, after=after).strip()


def premise_sentence(speaker: Speaker, holds: bool | None, *, asked: bool) -> list[Sentence]:
    """Say that a thing is not as it is taken to be, or, where that is ``asked``, that it is."""
    if holds is None or (holds and not asked):
        return []
    return [Sentence(speaker.say("yes_alone" if holds else "no_alone" if asked else "not_alone"))]


def movement(speaker: Speaker, indicator: Indicator, moment: str = "first") -> Sentence | None:
    """Say what moved an indicator since the first, or the previous, period; None if not known."""
    breakdown = breakdown_of(speaker, indicator, moment)
    if breakdown is None:
        return None
    return moved_sentence(speaker, breakdown, "moved")


def moved_sentence(speaker: Speaker, breakdown: Breakdown, key: str) -> Sentence:
    """Write a change and what its parts did, under the phrase of a key."""
    row = movement_in_words(breakdown, speaker.figures, speaker.notes)
    since = speaker.spoken_period(breakdown.before.period)
    text = speaker.say(
        key, since=since, before=row.before, now=row.now, parts=row.parts.text, name=row.name
    )
    return Sentence(text, row.parts.notes, breakdown.decomposition.id)


def breakdown_of(speaker: Speaker, indicator: Indicator, moment: str) -> Breakdown | None:
    """Return the first known way in which a change can be taken apart."""
    if len(speaker.periods) < 2:
        return None
    for decomposition in speaker.base.catalogue.decompositions.values():
        if decomposition.of == indicator.id:
            found = speaker.case.breakdown(decomposition, speaker.period, moment)
            if found is not None and found.leader is not None:
                return found
    return None


# --- what is it ---------------------------------------------------------------------------------


def value(speaker: Speaker, question: Question) -> Draft:
    """Answer what an indicator or a line item is."""
    if question.subject_kind == "line":
        return line_value(speaker, question.subject, question.direction)
    indicator = speaker.base.catalogue.indicators[question.subject]
    reading = speaker.case.reading(indicator.id, speaker.period)
    if reading.value is None:
        return no_reading(speaker, indicator)
    direction = question.direction
    holds = premises.of_reading(speaker, indicator, reading.value, direction)
    draft = Draft(direct=premise_sentence(speaker, holds, asked=True))
    if courses_asked(speaker, indicator, direction):
        draft.direct.append(course_told(speaker, indicator, direction, plain=holds is not None))
    else:
        draft.direct.append(reading_sentence(speaker, indicator))
    about = told_about(speaker, indicator.id)
    draft.chain += about[:2]
    moved = movement(speaker, indicator)
    draft.chain += [moved] if moved is not None else []
    row = numbers.indicator_row(speaker, indicator)
    draft.numbers = numbers.table(speaker, [row] if row else [])
    return draft


def told_about(speaker: Speaker, topic: str) -> list[Sentence]:
    """Tell what a topic says of its figure, unwelcome news first."""
    found = [f for entry, f in speaker.spoken.items() if entry.rpartition(".")[0] == topic]
    own = [f for f in found if f.statement.place in ("body", "list")] or found
    ordered = sorted(own, key=lambda f: f.statement.polarity not in UNWELCOME)
    return speaker.told((f.statement.id for f in ordered), len(ordered))


def measured_by(speaker: Speaker, item: str) -> Indicator | None:
    """Return the indicator that tells whether a line item is much or little."""
    catalogue = speaker.base.catalogue
    return catalogue.indicators.get(catalogue.line_items[item].measured_by)


def line_value(
    speaker: Speaker,
    item: str,
    direction: Direction | None = None,
    *,
    asked: bool = True,
    negated: bool = False,
) -> Draft:
    """Answer what a line item is, and whether that is much or little where it is ``asked``.

    ``negated`` says that it is taken not to be as ``direction`` has it.
    """
    row = numbers.item_row(speaker, item)
    if row is None:
        return line_not_given(speaker, item)
    holds = premises.of_course(row.value, row.earlier, direction)
    gauge = measured_by(speaker, item)
    reading = speaker.case.reading(gauge.id, speaker.period).value if gauge else None
    draft = Draft()
    if gauge is not None and reading is not None and direction is not None and holds is None:
        holds = premises.of_reading(speaker, gauge, reading, direction)
        draft.direct.append(reading_sentence(speaker, gauge))
        if holds is False:
            draft.direct += moved_all_the_same(speaker, gauge, direction)
    holds = premises.turned(holds, negated=negated)
    draft.direct = [*premise_sentence(speaker, holds, asked=asked), *draft.direct]
    draft.direct.append(amount_sentence(speaker, item))
    draft.numbers = numbers.table(speaker, [row])
    return draft


# --- what does it mean --------------------------------------------------------------------------


def meaning(speaker: Speaker, question: Question) -> Draft:
    """Answer what an indicator, a line item or an area means, with its norm and its reading."""
    catalogue = speaker.base.catalogue
    if question.subject_kind == "line":
        item = catalogue.line_items[question.subject]
        statement = speaker.say(f"statement.{item.statement}")
        name = speaker.item_name(item.id)
        draft = Draft(direct=[speaker.plain("line_is", name=name, statement=statement)])
        told = line_value(speaker, item.id)
        draft.chain, draft.numbers = told.direct, told.numbers
        return draft
    if question.subject_kind != "indicator":
        return _meaning_of(speaker, question.subject)
    indicator = catalogue.indicators[question.subject]
    name = speaker.indicator_name(indicator)
    formula = in_short(speaker, speaker.notes.derivations.formula(indicator.id, in_full=True))
    draft = Draft()
    if indicator.meaning is not None:
        text = indicator.meaning.in_language(speaker.language)
        own = lowered(indicator.name.in_language(speaker.language))
        named = own in text.casefold()  # "the quick ratio: the quick ratio tells …"
        verbal = lowered(text).startswith(speaker.say("means_told.verb"))  # "tells how many …"
        key = "means_told.said" if verbal else "means"
        said = raised(text) if named else speaker.say(key, name=name, meaning=lowered(text))
        draft.direct.append(Sentence(said, (), indicator.id))
    else:
        key = formula_key(indicator)
        draft.direct.append(Sentence(speaker.say(key, name=name, formula=formula)))
    norm = norm_text(indicator, speaker.figures)
    reading = speaker.case.reading(indicator.id, speaker.period)
    if reading.value is None:
        draft.chain += no_reading(speaker, indicator).direct
        if norm != "–":
            draft.chain.append(speaker.plain("norm_is", norm=norm))
        return draft
    draft.chain.append(reading_sentence(speaker, indicator))
    draft.chain += told_about(speaker, indicator.id)[:2]
    row = numbers.indicator_row(speaker, indicator)
    draft.numbers = numbers.table(speaker, [row] if row else [])
    return draft


def _meaning_of(speaker: Speaker, area: str) -> Draft:
    verdict = speaker.verdicts.get(area)
    draft = Draft(direct=meaning_of_area(speaker, area))
    if verdict is not None:
        draft.chain.append(speaker.judged(verdict))
    elif not draft.direct:
        draft.direct.append(speaker.plain("area_plain", area=speaker.area_name(area)))
    return draft


def meaning_of_area(speaker: Speaker, area: str) -> list[Sentence]:
    """Say by which figures an area is judged, and in which words."""
    state = speaker.state_on(area)
    used = [
        lowered(indicator.name.in_language(speaker.language))
        for indicator in speaker.base.catalogue.indicators.values()
        if indicator.shown
        and indicator.general is not None
        and area in indicator.id.split(".")[:2]
        and (indicator.id, speaker.period) in speaker.case.readings
        and speaker.case.readings[indicator.id, speaker.period].value is not None
    ]
    told: list[Sentence] = []
    name = speaker.area_name(area)
    if used:
        listed = speaker.enumerated(used[:6])
        told.append(speaker.plain("area_is", area=name, list=listed))
    if state is not None:
        words = [word.name.in_language(speaker.language) for word in state.words]
        scale = speaker.words["list.comma"].join(dict.fromkeys(words))
        key = "area_words" if told else "area_words_of"
        told.append(speaker.plain(key, area=name, words=scale))
    return told
