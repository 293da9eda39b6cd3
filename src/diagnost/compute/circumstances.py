"""Norms as they are for a company: the edges for its sector, where a norm has any."""

from collections.abc import Callable
from dataclasses import replace

from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.indicator import Indicator, Norm

WordOf = Callable[[Question], str]
"""Gives the word of an answer, '' where it is not known."""


def in_circumstances(catalogue: Catalogue, word_of: WordOf) -> Catalogue:
    """Return the catalogue with every norm as the answers of a company have it."""
    varied = {
        id_: indicator._replace(
            norms=tuple(_taken(norm, catalogue, word_of) for norm in indicator.norms)
        )
        for id_, indicator in catalogue.indicators.items()
        if any(norm.variants for norm in indicator.norms)
    }
    if not varied:
        return catalogue
    indicators: dict[str, Indicator] = {**catalogue.indicators, **varied}
    return replace(catalogue, indicators=indicators)


def answers_of(accounts: Accounts) -> WordOf:
    """Return what gives the words of a company's answers; silence may mean one."""

    def word_of(question: Question) -> str:
        answer = accounts.context.get(question.id)
        word = question.word_of(answer.value) if answer is not None else ""
        return word or question.silence

    return word_of


def _taken(norm: Norm, catalogue: Catalogue, word_of: WordOf) -> Norm:
    for variant in norm.variants:
        question = catalogue.questions.get(variant.question)
        if question is not None and word_of(question) in variant.words:
            return norm.varied(variant)
    return norm
