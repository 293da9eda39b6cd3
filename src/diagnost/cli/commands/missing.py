"""``missing``: which missing figures are worth asking for."""

from diagnost.cli.answers import About, answers


@answers
def missing(
    about: About,
) -> str:
    """Tell which missing figures are worth asking for, and what each would settle.

    Of a missing line item the other amounts set the limits; what holds for every value within them
    is told although it is not known.

    Example: diagnost missing acme.xlsx
    """
    from diagnost.app.cases import AnswerRequest
    from diagnost.app.missing import missing as told

    return told(AnswerRequest(**about))
