"""Questions in words about one case, which is read and diagnosed once."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.app.shipped import packs_in_use
from diagnost.asking.answer import Answer, FollowUp, UnclearPage
from diagnost.asking.answer_data import answer_data, unclear_data
from diagnost.asking.answering import answer, unclear
from diagnost.asking.phrases import Phrases
from diagnost.asking.question import Kind, Question, Unclear
from diagnost.asking.speaker import Speaker
from diagnost.asking.understanding import Understanding
from diagnost.knowledge import files
from diagnost.knowledge.vocabulary_file import load_vocabulary
from diagnost.model.lever import GoalError
from diagnost.model.supposition import SuppositionError
from diagnost.model.text import LANGUAGES
from diagnost.report.render import render_answer
from diagnost.report.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest(AnswerRequest):
    """How questions about a case are to be answered.

    ``language`` is '' where each is answered in its own; ``notes`` says whether an answer comes
    with its notes, where it is text.
    """

    notes: bool = True


class Reply(NamedTuple):
    """An answer as it is shown; ``understood`` says whether it is one."""

    text: str
    understood: bool = True


class Conversation:
    """Answers questions about one case, one after another."""

    def __init__(self, request: AskRequest) -> None:
        self.request = request
        self.case = case_of(request, every_side=True)  # any entry may be asked about
        self.period = chosen_period(self.case, request.period)
        self.root = files.content_root()
        self.language = request.language or "en"  # of what was said last
        self._last: Answer | None = None
        self._offered: tuple[str | FollowUp, ...] = ()  # what a number chooses

    @cached_property
    def _understanding(self) -> Understanding:
        return Understanding.of_case(self.case, load_vocabulary(self.root, packs_in_use()))

    @property
    def words(self) -> dict[str, str]:
        """Return the phrases of the language that was spoken last."""
        return words_of(self.language, self.root)

    def phrases(self) -> tuple[str, ...]:
        """Return what a prompt can complete in the language that was spoken last."""
        return tuple(self._understanding.phrases(self.language))

    def greeting(self) -> str:
        """Say whose case it is and how to ask."""
        company = self.case.accounts.company.name or self.words["the_company"]
        return self.words["answer.ready"].format(company=company) + "\n"

    # --- what a person may say ------------------------------------------------------------------

    def ask(self, text: str) -> Reply:
        """Answer a question in words, or say what of it was understood.

        UsageError for what was understood but cannot be supposed.
        """
        understood = self._raised(text) or self._understanding.of(text, self.request.language)
        self.language = self.request.language or understood.language
        if isinstance(understood, Unclear):
            return self._unclear(understood, text)
        return self._answered(understood, text)

    def ask_among_others(self, text: str) -> Reply:
        """Answer a question; one that cannot be supposed says so, and the others are answered."""
        try:
            return self.ask(text)
        except UsageError as error:
            if self.request.form != "json":
                return Reply(f"{error}\n", understood=False)
            page = UnclearPage(self.language, (str(error),), (), self.words)
            data = {**unclear_data(page, text, ()), "reason": str(error)}
            return Reply(machine_form(self.case.base, data), understood=False)

    def _raised(self, text: str) -> Question | None:
        """Return a question that a verdict of the case raises in just these words."""
        asked = " ".join(text.split()).casefold()
        for language in LANGUAGES:
            speaker = Speaker(
                self.case, language, self.period, self.root, CaseHand(language, self.case)
            )
            for own, area in Phrases(speaker).own_questions().items():
                if own.casefold() == asked:
                    return Question(Kind.WHY, language, "area", area)
        return None

    def choose(self, number: int) -> Reply:
        """Answer the question of a number, among those that were offered last."""
        if not 1 <= number <= len(self._offered):
            return Reply(self.words["answer.no_such_number"].format(n=number) + "\n")
        chosen = self._offered[number - 1]
        if isinstance(chosen, str):
            return self.ask(chosen)
        reply = self._answered(chosen.question, chosen.text)
        return reply._replace(text=f"› {chosen.text}\n\n{reply.text}")

    def examples(self) -> Reply:
        """Tell what may be asked."""
        return self._answered(Question(Kind.HELP, self.language), "")

    def with_notes(self) -> Reply:
        """Give the last answer again, with its notes; help where nothing was asked yet."""
        if self._last is None:
            return self.examples()
        return Reply(render_answer(self._last, "text", self.root, width=self.request.width))

    # --- answers --------------------------------------------------------------------------------

    def _answered(self, question: Question, asked: str) -> Reply:
        question = question._replace(language=self.language, period=question.period or self.period)
        try:
            found = answer(
                self.case,
                question,
                self.root,
                CaseHand(self.language, self.case),
                asked,
                self._understanding.lexicon.vocabulary.concerns,
            )
        except (SuppositionError, GoalError) as error:
            raise UsageError(f"{error}. {error.hint}".strip()) from None
        self._last, self._offered = found, found.follow_ups
        if self.request.form == "json":
            return Reply(machine_form(self.case.base, answer_data(found)))
        shown = found if self.request.notes else found.without_notes()
        width = self.request.width
        return Reply(render_answer(shown, self.request.form, self.root, width=width))

    def _unclear(self, question: Unclear, text: str) -> Reply:
        page = unclear(question._replace(language=self.language), self.root)
        self._offered = page.offered
        if self.request.form == "json":
            data = unclear_data(page, text, question.recognised)
            return Reply(machine_form(self.case.base, data), understood=False)
        numbered = [f"{number}. {each}" for number, each in enumerate(page.offered, start=1)]
        return Reply("\n".join((*page.lines, *numbered)) + "\n", understood=False)
