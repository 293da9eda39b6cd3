"""How a figure stands and where it goes, beside how the asker takes it to be."""

from diagnost.asking import premises
from diagnost.asking.question import Direction
from diagnost.asking.speaker import Speaker
from diagnost.model.indicator import Indicator, Reading
from diagnost.report.appendix import norm_text
from diagnost.report.document import Sentence

_SIZES = {Direction.HIGH: "rising", Direction.LOW: "falling"}


def courses_asked(speaker: Speaker, indicator: Indicator, direction: Direction | None) -> bool:
    """Say whether the question is where a figure goes, or one that no norm answers."""
    if premises.settled(direction, indicator) in premises.COURSES:
        return True
    value = speaker.case.reading(indicator.id, speaker.period).value
    sized = direction in _SIZES and value is not None
    return sized and value is not None and premises.position(indicator, value) is None


def course_told(
    speaker: Speaker, indicator: Indicator, direction: Direction | None, *, plain: bool = False
) -> Sentence:
    """Write the first and the last figure; ``plain`` where it was said before which way it goes."""
    reading = speaker.case.reading(indicator.id, speaker.period)
    before = _first(speaker, indicator)
    course = premises.course_of(speaker, indicator)
    direction = premises.settled(direction, indicator)
    if direction not in premises.COURSES or direction is None:
        key = "no_norm" if before is not None else "no_norm_one"
        return _told(speaker, indicator, reading, before, key)
    told_apart = ""
    if before is None:  # the period itself may say how it was a year before
        before, told_apart = premises.a_year_before(speaker, indicator), "year_"
    if course is None or before is None:
        return _told(speaker, indicator, reading, before, "one", place=_place(indicator, reading))
    if plain:
        key, denied = "plain", False
    else:
        denied = course != direction.value
        key = f"not_{direction.value}" if denied else direction.value
    place = _place(indicator, reading)
    adverse = {Direction.FALLING: "low", Direction.RISING: "high"}[direction]
    if denied and place == adverse:
        place = f"still_{place}"
    return _told(speaker, indicator, reading, before, f"{told_apart}{key}", place=place)


def moved_all_the_same(
    speaker: Speaker, indicator: Indicator, direction: Direction | None
) -> list[Sentence]:
    """Say that a figure which is not high has risen, or one that is not low has fallen."""
    before = _first(speaker, indicator)
    course = premises.course_of(speaker, indicator)
    if direction not in _SIZES or before is None or course != _SIZES[direction]:
        return []
    reading = speaker.case.reading(indicator.id, speaker.period)
    return [_told(speaker, indicator, reading, before, f"yet_{course}")]


def _told(
    speaker: Speaker,
    indicator: Indicator,
    reading: Reading,
    before: Reading | None,
    key: str,
    *,
    place: str = "",
) -> Sentence:
    figures = speaker.figures
    earlier = before.value if before is not None else None
    norm = norm_text(indicator, figures)
    text = speaker.say(
        f"course.{key}",
        name=speaker.indicator_name(indicator),
        value="–" if reading.value is None else figures.reading(indicator, reading.value),
        period=speaker.spoken_period(),
        before="–" if earlier is None else figures.reading(indicator, earlier),
        since=speaker.spoken_period(before.period) if before is not None else "",
        place=speaker.say(f"place_{place}", norm=norm) if place else "",
    )
    return Sentence(text.replace("..", "."), (speaker.notes.reading(reading),), indicator.id)


def _place(indicator: Indicator, reading: Reading) -> str:
    return (premises.position(indicator, reading.value) or "") if reading.value is not None else ""


def _first(speaker: Speaker, indicator: Indicator) -> Reading | None:
    """Return the first reading before this period that has a value."""
    found = (speaker.case.readings.get((indicator.id, p)) for p in speaker.periods[:-1])
    return next((r for r in found if r is not None and r.value is not None), None)
