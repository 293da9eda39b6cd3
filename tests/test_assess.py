"""The questionnaire in the terminal: asked, stopped, gone on with, written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from diagnost.app.shipped import ready_knowledge
from diagnost.intake.read import read_accounts
from diagnost.intake.record_form_rows import in_order
from diagnost.model.accounts import Accounts
from tests.terminal import Terminal

CATALOGUE = ready_knowledge().catalogue
EVERY = in_order(CATALOGUE, "sales")
QUESTIONS = [q for q in EVERY if not q.optional]
MORE = [q for q in EVERY if q.optional]
ASK = {
    "en": ("Name of the company", "As of which day", "Which of these tables", "Question {} of"),
    "pl": ("Nazwa firmy", "Stan na dzień", "Które z tych tabel", "Pytanie {} z"),
    "zh": ("公司或团队名称", "数据截至哪一天", "准备在文件中补充", "第{}题"),
}
FIRST_DAY = "\x15" + "2026-10-31\r"  # clears the line, so that today makes no difference


def begin(terminal: Terminal, language: str = "en", tables: str = "\r") -> str:
    """Answer what is asked first; return the words before a question's number."""
    name, day, which, question = ASK[language]
    terminal.answer(name, "North\r")
    terminal.answer(day, FIRST_DAY)
    terminal.answer(which, tables)
    return question


def read(path: Path) -> Accounts:
    return read_accounts(path, CATALOGUE)


def said(accounts: Accounts) -> dict[str, str]:
    return {key: str(answer.value) for key, answer in accounts.context.items()}


@pytest.mark.parametrize("language", ASK)
def test_a_stopped_questionnaire_goes_on_without_loss(tmp_path: Path, language: str) -> None:
    ids = [question.id for question in QUESTIONS]
    command = ("assess", "--lang", language, "-o", "team.yaml")
    with Terminal(tmp_path, *command) as terminal:
        question = begin(terminal, language)
        terminal.answer(question.format(1), "2\r")  # no
        terminal.answer(question.format(2), "4\r")
        terminal.answer(question.format(3), "u\r")  # not known
        terminal.answer(question.format(4), "s\r")  # left out
        terminal.answer(question.format(5), "b\r")  # back to the one left out
        terminal.answer(question.format(4), "1\r")
        terminal.answer(question.format(5), "q\r")
        assert terminal.end() == 0
        assert "team.yaml.unfinished" in terminal.shown
    assert not (tmp_path / "team.yaml").exists()
    kept = json.loads((tmp_path / "team.yaml.unfinished").read_text(encoding="utf-8"))
    assert kept["answers"] == {ids[0]: "no", ids[1]: "4", ids[2]: "unknown", ids[3]: "1"}
    with Terminal(tmp_path, *command) as terminal:
        for number in range(5, len(ids) + 1):
            terminal.answer(question.format(number), "2\r")
        terminal.answer(str(len(MORE)), "2\r")  # the practices: no, thank you
        assert terminal.end() == 0
    assert not (tmp_path / "team.yaml.unfinished").exists()
    accounts = read(tmp_path / "team.yaml")
    answers = said(accounts)
    assert (accounts.company.name, str(accounts.as_of)) == ("North", "2026-10-31")
    assert (answers[ids[0]], answers[ids[1]], answers[ids[3]]) == ("no", "4", "1")
    assert ids[2] not in answers
    assert set(answers) == set(ids) - {ids[2]}
    assert answers["sales.work.usual_fault"] == "knowledge"


@pytest.mark.parametrize("way", ["interrupt", "kill"])
def test_an_interrupted_questionnaire_keeps_every_answer(tmp_path: Path, way: str) -> None:
    command = ("assess", "-o", "team.yaml")
    with Terminal(tmp_path, *command) as terminal:
        question = begin(terminal)
        terminal.answer(question.format(1), "1\r")
        terminal.answer(question.format(2), "5\r")
        terminal.answer(question.format(3), "\x03" if way == "interrupt" else "")
        if way == "interrupt":
            assert terminal.end() == 130
        else:
            terminal.kill()
    kept = json.loads((tmp_path / "team.yaml.unfinished").read_text(encoding="utf-8"))
    assert list(kept["answers"].values()) == ["yes", "5"]
    with Terminal(tmp_path, *command) as terminal:
        terminal.answer(f"2 of {len(QUESTIONS)} questions are done", "")
        terminal.answer("Question 3 of", "q\r")
        assert terminal.end() == 0


def test_tables_to_be_added_leave_questions_out(tmp_path: Path) -> None:
    given = {"reps", "results"}
    left_out = [q.id for q in EVERY if q.spared_by and set(q.spared_by) <= given]
    spared = [q.id for q in QUESTIONS if q.id in left_out]
    deeper = [q for q in MORE if q.id not in left_out]
    with Terminal(tmp_path, "assess", "-o", "team.yaml") as terminal:
        question = begin(terminal, tables=" \x1b[B \r")  # the first two
        count = len(QUESTIONS) - len(spared)
        terminal.answer(f"{len(left_out)} questions are left out", "")
        for number in range(1, count + 1):
            terminal.answer(question.format(number), "2\r")
        terminal.answer(str(len(deeper)), "1\r")  # the practices too
        for number in range(count + 1, count + len(deeper) + 1):
            terminal.answer(question.format(number), "1\r")
        assert terminal.end() == 0
        # The tables that were not chosen would still spare answers.
        assert "The table “Orders” would make" in terminal.shown
    text = (tmp_path / "team.yaml").read_text(encoding="utf-8")
    assert "\n  reps:\n" in text
    assert "\n  orders:\n" not in text
    answers = said(read(tmp_path / "team.yaml"))
    assert len(answers) == count + len(deeper)
    assert not set(left_out) & set(answers)
    assert answers["sales.manager.mission"] == "yes"


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "diagnost", "assess", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return done.returncode, done.stderr


def test_wrong_use_is_told(tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("a: b\n", encoding="utf-8")
    code, message = run(tmp_path, "-o", "team.yaml")
    assert (code, "the questions need a terminal" in message) == (2, True)
    code, message = run(tmp_path, "-o", "there.yaml")
    assert (code, "there.yaml is there already" in message) == (2, True)
    code, message = run(tmp_path, "-o", "team.xlsx")
    assert (code, "must end in .yaml" in message) == (2, True)
    code, message = run(tmp_path, "--for", "salse")
    assert (code, "there are no questions for 'salse', only for sales, retail" in message) == (
        2,
        True,
    )


@pytest.mark.parametrize("content", ["{", "[]", '{"form": 2}', '{"form": 1, "purpose": "retail"}'])
def test_a_file_that_keeps_something_else_is_not_overwritten(tmp_path: Path, content: str) -> None:
    state = tmp_path / "team.yaml.unfinished"
    state.write_text(content, encoding="utf-8")
    code, message = run(tmp_path, "-o", "team.yaml")
    assert (code, "delete it to begin anew" in message) == (2, True)
    assert state.read_text(encoding="utf-8") == content
