"""``sensitivity``: how firm a diagnosis is."""

from diagnost.cli.answers import About, answers


@answers
def sensitivity(
    about: About,
) -> str:
    """Tell how firm the diagnosis is: figures near a limit, judgements that hang on the method.

    A figure within 5 % of a limit is told with the amount that would carry it across and the
    sentences that rest on it; every other method is tried.

    Example: diagnost sensitivity acme.xlsx
    """
    from diagnost.app.cases import AnswerRequest
    from diagnost.app.sensitivity import sensitivity as told

    return told(AnswerRequest(**about))
