"""Answers as plain data: ids, sentences, numbers."""

from typing import Any

from diagnost.asking.answer import Answer, NumberRow, UnclearPage
from diagnost.asking.question import Question
from diagnost.model.json_numbers import plain
from diagnost.report.document import Sentence


def answer_data(answer: Answer) -> dict[str, Any]:
    """Return an answer as data; keys are added, never renamed."""
    return {
        "language": answer.language,
        "understood": True,
        "asked": answer.asked or None,
        "company": answer.company,
        "period": answer.period,
        "question": question_data(answer.question),
        "direct": [_sentence(each) for each in answer.direct],
        "chain": [_sentence(each) for each in answer.chain],
        "numbers": [_number(each) for each in answer.numbers.rows],
        "compared": {"now": answer.numbers.now or None, "then": answer.numbers.then or None},
        "advice": [
            {
                **_sentence(step.what),
                "when": step.when,
                "effect": step.effect or None,
                "first_step": step.first or None,
            }
            for step in answer.steps
        ],
        "remarks": [_sentence(each) for each in answer.remarks],
        "follow_ups": [
            {"text": each.text, "question": question_data(each.question)}
            for each in answer.follow_ups
        ],
        "notes": [
            {"number": note.number, "text": note.text, "figures": [f.number for f in note.figures]}
            for note in answer.notes
        ],
        "figures": [{"number": each.number, "text": each.text} for each in answer.figures],
        "sources": list(answer.sources),
    }


def unclear_data(page: UnclearPage, asked: str, recognised: tuple[str, ...]) -> dict[str, Any]:
    """Return what was understood of a question that is not clear."""
    return {
        "language": page.language,
        "understood": False,
        "asked": asked,
        "recognised": list(recognised),
        "offered": list(page.offered),
    }


def question_data(question: Question) -> dict[str, Any]:
    """Return a question as it was understood; what it does not name is null."""
    direction = question.direction.value if question.direction is not None else None
    return {
        "kind": question.kind.value,
        "subject_kind": question.subject_kind or None,
        "subject": question.subject or None,
        "direction": direction,
        "root": question.root,
        "change": list(question.change),
        "goal": question.goal or None,
        "viewpoint": question.viewpoint or None,
        "period": question.period or None,
        "person": question.person or None,
        "negated": question.negated,
        "claimed": question.claimed or None,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "entry": sentence.entry or None,
        "notes": list(sentence.notes),
    }


def _number(row: NumberRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "now": plain(row.value),
        "then": plain(row.earlier),
        "norm": row.norm if row.norm != "–" else None,
        "judgement": row.judgement.polarity if row.judgement is not None else None,
    }
