"""Whether a thing is as the asker takes it to be."""

from decimal import Decimal

from diagnost.asking.question import Direction, Question
from diagnost.asking.speaker import UNWELCOME, Speaker
from diagnost.compute.trends import comparable, trend
from diagnost.model.diagnosis import Verdict
from diagnost.model.indicator import Indicator, Polarity, Reading
from diagnost.model.knowledge import WHOLE
from diagnost.model.rule import StateWord

COURSES = (Direction.FALLING, Direction.RISING)
"""Where a figure goes."""


def settled(direction: Direction | None, indicator: Indicator | None) -> Direction | None:
    """Return where a figure goes that is taken to get worse; others stay as they are."""
    if direction is not Direction.WORSENING or indicator is None:
        return direction
    return Direction.RISING if indicator.better == "lower" else Direction.FALLING


def turned(holds: bool | None, *, negated: bool) -> bool | None:
    """Say whether a thing is as it is taken to be where it is taken not to be as its word says."""
    return not holds if negated and holds is not None else holds


def beside_the_question(verdict: Verdict, direction: Direction | None) -> bool:
    """Say whether a size is asked for where a verdict is about something else in its area."""
    return direction in (Direction.HIGH, Direction.LOW) and verdict.word.level == "unknown"


def of_course(
    now: Decimal | None, then: Decimal | None, direction: Direction | None
) -> bool | None:
    """Say whether an amount moved as it is taken to have; None where that cannot be told."""
    if direction not in COURSES or now is None or then is None:
        return None
    return now > then if direction is Direction.RISING else now < then


def earlier_verdict(speaker: Speaker, area: str) -> Verdict | None:
    """Return the verdict of the first period in which an area was judged, if before this one."""
    order = {period: place for place, period in enumerate(speaker.periods[:-1])}
    found = [v for v in speaker.case.diagnosis.verdicts if v.area == area and v.period in order]
    return min(found, key=lambda v: order[v.period], default=None)


def of_verdict(speaker: Speaker, verdict: Verdict, direction: Direction | None) -> bool | None:
    """Say whether an area is as it is taken to be; None where that cannot be told."""
    if direction is None:
        return None
    if direction in (*COURSES, Direction.WORSENING):
        return _of_course(speaker, verdict, direction)
    return _of_word(verdict.word, direction)


def is_neither(verdict: Verdict, direction: Direction | None) -> bool:
    """Say whether an area taken to be bad, or good, is judged by a word that is neither."""
    word = verdict.word
    asked = direction in (Direction.BAD, Direction.GOOD)
    return asked and word.graded and word.polarity is Polarity.INFO


def _of_word(word: StateWord, direction: Direction) -> bool | None:
    if word.polarity is Polarity.INFO and direction in (Direction.BAD, Direction.GOOD):
        return None
    match direction:
        case Direction.BAD:
            return word.polarity in UNWELCOME
        case Direction.GOOD:
            return word.polarity is Polarity.GOOD
        case _ if word.level in ("low", "high"):
            return word.level == direction.value
        case _ if word.polarity is Polarity.GOOD:
            return False
        case _:
            return None


def _of_course(speaker: Speaker, verdict: Verdict, direction: Direction) -> bool | None:
    """Go by the verdicts of the periods; None where they do not differ or cannot be compared."""
    before = earlier_verdict(speaker, verdict.area)
    state = speaker.state_on(verdict.area)
    if before is None or state is None or before.word.id == verdict.word.id:
        return None
    order = [word.id for word in state.words]  # worst first
    better = order.index(verdict.word.id) > order.index(before.word.id)
    if direction is Direction.WORSENING:
        return not better
    up = better
    if any(word.level == "high" and word.polarity is Polarity.BAD for word in state.words):
        up = not better  # of debt, more is worse
    return up is (direction is Direction.RISING)


def of_reading(
    speaker: Speaker, indicator: Indicator, value: Decimal, direction: Direction | None
) -> bool | None:
    """Say whether an indicator is as it is taken to be; None where that cannot be told."""
    direction = settled(direction, indicator)
    if direction in COURSES:
        course = course_of(speaker, indicator)
        return None if course is None else course == direction.value
    norm = indicator.general
    if direction is None or norm is None:
        return None
    band = norm.band_of(value)
    if direction is Direction.BAD:
        return band.polarity in UNWELCOME
    if direction is Direction.GOOD:
        return band.polarity is Polarity.GOOD
    place = position(indicator, value)
    return None if place is None else place == direction.value


def course_of(speaker: Speaker, indicator: Indicator) -> str | None:
    """Return how an indicator moved since it was first known; None where that cannot be told."""
    values = [
        comparable(speaker.case.reading(indicator.id, period).value, indicator)
        for period in speaker.periods
    ]
    known = [each for each in values if each is not None]
    if not known or known[-1] != values[-1]:
        return None
    before = a_year_before(speaker, indicator)
    if len(known) == 1 and before is not None and before.value is not None:
        return _compared(before.value, known[0])
    return trend([known[0], known[-1]], indicator.steadiness) if len(known) > 1 else None


def _compared(before: Decimal, now: Decimal) -> str:
    """Return which way a figure went that was given once for then and once for now."""
    if now == before:
        return "stable"
    return (Direction.RISING if now > before else Direction.FALLING).value


def a_year_before(speaker: Speaker, indicator: Indicator) -> Reading | None:
    """Return the figure that tells an indicator as it was a year before, if it is known."""
    symbols = speaker.base.catalogue.symbols
    if not indicator.year_before or indicator.year_before not in symbols:
        return None
    reading = speaker.case.reading(symbols[indicator.year_before], speaker.period)
    return reading if reading.value is not None else None


def of_question(speaker: Speaker, question: Question) -> bool | None:
    """Say whether what a question is about is as it is taken to be; None if that is not known."""
    if question.subject_kind == "area" or not question.subject_kind:
        verdict = speaker.verdicts.get(question.subject or WHOLE)
        return of_verdict(speaker, verdict, question.direction) if verdict is not None else None
    catalogue = speaker.base.catalogue
    subject = question.subject
    if question.subject_kind == "line":
        subject = catalogue.line_items[subject].measured_by
    indicator = catalogue.indicators.get(subject)
    value = speaker.case.reading(subject, speaker.period).value if indicator else None
    if indicator is None or value is None:
        return None
    return of_reading(speaker, indicator, value, question.direction)


def position(indicator: Indicator, value: Decimal) -> str | None:
    """Say whether a value is ``low``, ``within`` or ``high`` by the favourable stretch of its norm.

    None where there is no norm, or no stretch of it is favourable.
    """
    norm = indicator.general
    if norm is None:
        return None
    good = [place for place, band in enumerate(norm.bands) if band.polarity is Polarity.GOOD]
    if not good:
        return None
    here = norm.bands.index(norm.band_of(value))
    return "low" if here < good[0] else "high" if here > good[-1] else "within"
