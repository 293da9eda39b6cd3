"""Answers of a questionnaire as they are written."""

import re
from decimal import Decimal

PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def answer_value(text: str) -> str | Decimal:
    """Return an answer of a questionnaire: a number, a percent as a fraction, or a word."""
    if PLAIN_NUMBER.fullmatch(text) and len(text) <= 30:
        return Decimal(text)
    if text.endswith("%") and PLAIN_NUMBER.fullmatch(text[:-1].strip()) and len(text) <= 30:
        return Decimal(text[:-1].strip()).scaleb(-2)
    return text
