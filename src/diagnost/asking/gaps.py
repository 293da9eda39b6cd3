"""Answers about what was not given: what is missing, and what it would settle."""

from collections import Counter
from collections.abc import Callable

from diagnost.asking.formulas import in_short
from diagnost.asking.question import Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.benchmark import OTHERS
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import LAST_PERIOD_ONLY, OF_SINGLE_ROWS, Indicator
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered, raised
from diagnost.report.gap_sentences import enumerated
from diagnost.report.missing import missing_page, room
from diagnost.report.persons import people_note
from diagnost.report.possible_values import limits
from diagnost.report.worth_asking import worth_asking

_TOLD = 3
"""How many missing figures are told."""

_PEOPLE = 8
"""How many people are put in order."""

_NEEDS = 3
"""How many things are named that an area lacks."""


def no_reading(speaker: Speaker, indicator: Indicator) -> Draft:
    """Say that an indicator was not assessed, and what it would take."""
    name = speaker.indicator_name(indicator)
    missing = speaker.case.reading(indicator.id, speaker.period).missing
    unseen = _unseen(speaker, indicator.id)
    if missing is not None and missing.reason == OF_SINGLE_ROWS:
        ranked = _ranked(speaker, indicator)
        if not ranked:
            return Draft(direct=[speaker.plain("not_ranked", name=lowered(name))])
        note = people_note(speaker.case, speaker.language, speaker.root)
        return Draft(direct=ranked, remarks=[Sentence(note)] if note else [])
    draft = Draft()
    if unseen:
        draft.direct.append(speaker.plain("not_assessed", name=name))
        draft.direct.append(Sentence(unseen))
    elif missing is not None and missing.reason == "missing" and missing.needs:
        needs = enumerated(missing.needs, speaker.figures)
        draft.direct.append(speaker.plain("not_assessed_for", name=name, needs=needs))
    else:
        reason = speaker.base.reason(missing, speaker.language) if missing else ""
        key = "not_assessed_because" if reason else "not_assessed"
        draft.direct.append(speaker.plain(key, name=name, reason=lowered(reason)))
    if not indicator.dated and not indicator.only_given and not unseen:
        formula = in_short(speaker, speaker.notes.derivations.formula(indicator.id, in_full=True))
        draft.chain.append(speaker.plain("formula", name=name, formula=formula))
    draft.remarks += _elsewhere(speaker, indicator)
    return draft


def _ranked(speaker: Speaker, indicator: Indicator) -> list[Sentence]:
    """Put those of whom a figure is known in order, the best first, else the highest.

    Where they are many, those at the end are left out, and not called the worst.
    """
    known = [
        (value, each.subject.name)
        for each in speaker.case.subjects
        if each.subject is not None
        and (reading := each.readings.get((indicator.id, speaker.period))) is not None
        and (value := reading.value) is not None
    ]
    if not known:
        return []
    known.sort(key=lambda each: each[0], reverse=indicator.better != "lower")
    told = [
        speaker.say("ranked", name=name, value=speaker.figures.reading(indicator, value))
        for value, name in known[:_PEOPLE]
    ]
    name = lowered(speaker.indicator_name(indicator))
    key = "ranking" if indicator.better in ("higher", "lower") else "ranking_high"
    key += "_first" if len(known) > _PEOPLE else ""
    return [speaker.plain(key, name=name, list=speaker.listed(told))]


def _elsewhere(speaker: Speaker, indicator: Indicator) -> list[Sentence]:
    """Name another period in which the indicator has a value."""
    for period in reversed([p.id for p in speaker.case.accounts.periods]):
        reading = speaker.case.readings.get((indicator.id, period))
        if period != speaker.period and reading is not None and reading.value is not None:
            value = speaker.figures.reading(indicator, reading.value)
            known = speaker.plain("other_period", period=speaker.spoken_period(period), value=value)
            return [known]
    return []


def line_not_given(speaker: Speaker, item: str, key: str = "not_given") -> Draft:
    """Say that a line item is not given, and between which amounts it must lie."""
    name, period = speaker.item_name(item), speaker.spoken_period()
    draft = Draft(direct=[speaker.plain(key, name=lowered(name), period=period)])
    if not speaker.case.accounts_looked_at:
        return draft
    least, most = limits(speaker.case, speaker.period, item)
    if most is not None and (least is None or least <= most):
        draft.chain.append(Sentence(room(least, most, speaker.figures)))
    return draft


def area_not_judged(speaker: Speaker, area: str) -> Draft:
    """Say what is known of an area that was not judged, bad news first, and what is lacking."""
    name = speaker.area_name(area)
    state = speaker.state_on(area)
    unseen = _unseen(speaker, state.id) if state is not None else ""
    last = speaker.case.accounts.periods[-1].id
    catalogue = speaker.base.catalogue
    found = [
        f
        for f in speaker.spoken.values()
        if f.statement.area == area and f.statement.place != "trace"  # which only carries others
    ]
    found.sort(key=lambda f: f.statement.polarity not in UNWELCOME)
    told = speaker.told((f.statement.id for f in found), _TOLD)
    of_records = state is not None and catalogue.side_of(state.id) != catalogue.accounts_side
    if unseen:
        said = [speaker.plain("not_judged", area=name), Sentence(unseen)]
    elif of_records and speaker.period != last:
        reason = speaker.base.reason(Missing(LAST_PERIOD_ONLY), speaker.language)
        said = [speaker.plain("not_judged", area=name), speaker.plain("reason", reason=reason)]
    elif told and found[0].statement.polarity in UNWELCOME and not _wrong(speaker, area):
        return Draft(direct=[told[0], *fuller_judgement(speaker, area)], chain=told[1:])
    else:
        said = _not_judged_for(speaker, area)
    return Draft(direct=said, chain=told)


def _wrong(speaker: Speaker, area: str) -> list[str]:
    """Return the line items that an area lacks though they are given: they cannot be right."""
    needs = _needs(speaker, lambda entry: area in entry.split("."))
    given = speaker.case.accounts.amounts
    items = speaker.base.catalogue.line_items
    return [need for need in needs if need in items and (need, speaker.period) in given]


def _not_judged_for(speaker: Speaker, area: str) -> list[Sentence]:
    """Say that an area cannot be judged, and which figures are wrong, or lacking, for that."""
    name = speaker.area_name(area)
    wrong = _wrong(speaker, area)
    if wrong:
        names = speaker.enumerated([lowered(speaker.item_name(item)) for item in wrong[:_NEEDS]])
        return [speaker.plain("not_judged_wrong", area=name, needs=names)]
    needs = _needs(speaker, lambda entry: area in entry.split("."))
    if not needs:
        return [speaker.plain("not_judged", area=name)]
    listed = enumerated(needs[:_NEEDS], speaker.figures)
    key = "not_judged_more" if len(needs) > _NEEDS else "not_judged_for"
    return [speaker.plain(key, area=name, needs=listed)]


def fuller_judgement(speaker: Speaker, area: str) -> list[Sentence]:
    """Say what a full judgement on an area, or for a reader, would take besides."""
    given = speaker.case.accounts.amounts
    needs = [
        need
        for need in _needs(speaker, lambda entry: area in entry.split("."))
        if (need, speaker.period) not in given
    ]
    if not needs:
        return []
    listed = enumerated(needs[:_NEEDS], speaker.figures)
    if area in {viewpoint.id for viewpoint in speaker.base.viewpoints}:
        return [speaker.plain("lacking_for", needs=listed)]
    name = lowered(speaker.area_name(area))
    return [speaker.plain("lacking", area=name, needs=listed)]


def _unseen(speaker: Speaker, entry: str) -> str:
    """Say of which side nothing was given, '' where the side of an entry is looked at."""
    if speaker.case.looks_at(entry):
        return ""
    side = speaker.base.catalogue.sides[speaker.base.catalogue.side_of(entry)]
    if side.unseen is not None:
        return side.unseen.in_language(speaker.language)
    name = side.name.in_language(speaker.language) if side.name is not None else side.id
    return speaker.say("side_unseen", side=name)


def _needs(speaker: Speaker, wanted: Callable[[str], bool]) -> list[str]:
    """Return what entries lack, what most of them lack first."""
    counts: Counter[str] = Counter()
    for gap in speaker.case.diagnosis.not_assessed:
        if gap.period == speaker.period and wanted(gap.entry):
            counts.update(n for n in gap.missing.needs if not n.startswith(OTHERS))
    return [need for need, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def missing(speaker: Speaker, question: Question) -> Draft:
    """Answer what else is worth knowing: of one area or figure, or of all there is."""
    if question.subject_kind == "indicator":
        return _missing_for_indicator(speaker, question.subject)
    if question.subject_kind == "area":
        return _missing_for_area(speaker, question.subject)
    found = worth_asking(speaker.case, speaker.period)
    page = missing_page(speaker.case, speaker.period, found, speaker.language, speaker.root)
    if not page.rows:
        return Draft(direct=[Sentence(page.opening)])
    rows = page.rows[:_TOLD]
    if all(_is_question(row.name) for row in rows):
        opening = speaker.plain("worth_answers")
    else:
        small = [_small(speaker, row.name) for row in rows]
        opening = speaker.plain("worth_asking", list=speaker.listed(small))
    draft = Draft(direct=[opening])
    draft.chain = [
        Sentence(
            speaker.say(
                "worth",
                name=raised(_small(speaker, row.name)),
                lines=lowered(speaker.words["list.space"].join(row.lines[:2])),
            )
        )
        for row in rows
    ]
    return draft


def _is_question(name: str) -> bool:
    return name.endswith(("?", "？"))


def _small(speaker: Speaker, name: str) -> str:
    """Begin small what is a name; a question stays as it is asked, in quotation marks."""
    return speaker.words["gaps.quoted"].format(name=name) if _is_question(name) else lowered(name)


def _missing_for_indicator(speaker: Speaker, id_: str) -> Draft:
    indicator = speaker.base.catalogue.indicators[id_]
    if speaker.case.reading(id_, speaker.period).value is None:
        return no_reading(speaker, indicator)
    return Draft(direct=[speaker.plain("nothing_missing", name=speaker.indicator_name(indicator))])


def _missing_for_area(speaker: Speaker, area: str) -> Draft:
    needs = _needs(speaker, lambda entry: area in entry.split("."))
    name = speaker.area_name(area)
    if area not in speaker.verdicts:
        return area_not_judged(speaker, area)
    if not needs:
        return Draft(direct=[speaker.plain("nothing_missing", name=name)])
    listed = enumerated(needs[:_NEEDS], speaker.figures)
    return Draft(direct=[speaker.plain("more_on", name=name, needs=listed)])
