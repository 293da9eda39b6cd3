"""What is shipped: the examples, the knowledge base, and the documents they give together."""

import gc
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from diagnost import __version__
from diagnost.app.case_hand import CaseHand
from diagnost.asking.answer import Answer
from diagnost.asking.answering import answer
from diagnost.asking.question import Question, Unclear
from diagnost.asking.understanding import Understanding
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root, load
from diagnost.knowledge.vocabulary_file import load_vocabulary
from diagnost.model.accounts import Accounts
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.vocabulary import Vocabulary
from diagnost.pipeline import Case, diagnose
from diagnost.report.json_form import as_json
from diagnost.report.narrative import write
from diagnost.report.render import render

ROOT = Path(__file__).parent.parent
EXAMPLES = tuple(
    path.name
    for path in sorted((ROOT / "examples").iterdir())
    if path.suffix in (".yaml", ".csv", ".xlsx")
)
"""The examples of a company."""
TEAMS = tuple(
    f"sales/{path.name}"
    for path in sorted((ROOT / "examples" / "sales").iterdir())
    if path.suffix in (".yaml", ".csv", ".xlsx")
)
"""The examples of a sales force."""
SHOPS = tuple(
    f"retail/{path.name}"
    for path in sorted((ROOT / "examples" / "retail").iterdir())
    if path.suffix in (".yaml", ".csv", ".xlsx")
)
"""The examples of vehicle dealers, distributors and makers."""
MIXED = tuple(
    f"mixed/{path.name}"
    for path in sorted((ROOT / "examples" / "mixed").iterdir())
    if path.suffix in (".yaml", ".csv", ".xlsx")
)
"""The examples of companies with accounts, people and shops."""
LANGUAGES = ("en", "pl", "zh")
FORMS = ("text", "md", "html", "json")


@lru_cache
def base() -> KnowledgeBase:
    """Return the shipped knowledge base; its version is replaced, since every edit changes it."""
    loaded = replace(load(), version="0" * 16)
    gc.freeze()  # it stays to the end: no collection of rubbish need look through it
    return loaded


@lru_cache
def accounts_of(example: str) -> Accounts:
    return read_accounts(ROOT / "examples" / example, base().catalogue, name=Path(example).name)


@lru_cache
def case_of(example: str, viewpoint: str = "owner") -> Case:
    """Diagnose an example; the built-in engine runs everywhere."""
    return diagnose(accounts_of(example), base(), engine="builtin", viewpoint=viewpoint)


@lru_cache
def vocabulary() -> Vocabulary:
    """Return the words of questions that ship."""
    return load_vocabulary(content_root())


@lru_cache
def understanding_of(example: str) -> Understanding:
    """Return what understands questions about an example."""
    return Understanding.of_case(case_of(example), vocabulary())


def answered(example: str, question: Question, asked: str = "") -> Answer:
    """Answer a question about an example, which is diagnosed once."""
    case = case_of(example)
    pen = CaseHand(question.language, case)
    return answer(case, question, content_root(), pen, asked, vocabulary().concerns)


def asked(example: str, text: str, language: str = "") -> Answer | Unclear:
    """Answer a question in words about an example, or return why it is unclear."""
    question = understanding_of(example).of(text, language)
    return question if isinstance(question, Unclear) else answered(example, question, text)


@cache
def document(example: str, language: str, form: str, viewpoint: str = "owner") -> str:
    """Write an example's diagnosis for its last period, without what changes by itself."""
    case = case_of(example, viewpoint)
    period = case.accounts.periods[-1].id
    if form == "json":
        text = as_json(case, language, period, content_root())
        return text.replace(f'"version": "{__version__}"', '"version": "0"', 1)
    return render(write(case, language, period, content_root()), form, content_root(), width=88)
