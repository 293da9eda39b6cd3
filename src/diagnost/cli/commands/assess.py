"""``assess``: the questionnaire in the terminal."""

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diagnost.cli.options import Language
from diagnost.cli.output import say, width

if TYPE_CHECKING:
    from diagnost.app.assessment import Asked, Assessment

SKIP, BACK, STOP = "skip", "back", "stop"
KEYS = {"unknown": "u", SKIP: "s", BACK: "b", STOP: "q"}


def assess(
    purpose: Annotated[
        str,
        typer.Option(
            "--for", metavar="SIDE", help="The side that is asked about: sales or retail."
        ),
    ] = "sales",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The accounts to write: .yaml; by default SIDE.yaml."),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the questions.")] = Language.EN,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Ask a manager who has no records, and write the answers as accounts.

    Every answer is kept at once in a file beside the output (ending in .unfinished): the same
    command goes on where it was stopped.

    Example: diagnost assess --for sales --lang pl -o team.yaml
    """
    from diagnost.app.assessment import Assessment
    from diagnost.app.errors import UsageError
    from diagnost.app.saving import refuse_unwritable
    from diagnost.cli import prompts

    goal = output or Path(f"{purpose}.yaml")
    if goal.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError(f"the accounts must end in .yaml, not '{goal.suffix}'")
    assessment = Assessment(purpose, lang, goal)
    refuse_unwritable(goal, overwrite=force)
    if not prompts.is_possible():
        raise UsageError(
            "the questions need a terminal; without one, fill in a form "
            f"(diagnost template {goal.with_suffix('.xlsx')} --for {purpose})"
        )
    command = f"diagnost assess --for {purpose} --lang {lang} -o {shlex.quote(str(goal))}"
    try:
        finished = _interview(assessment)
    except KeyboardInterrupt:
        _tell_stopped(assessment, command)
        raise typer.Exit(130) from None
    if finished:
        _finish(assessment)
    else:
        _tell_stopped(assessment, command)


def _interview(assessment: "Assessment") -> bool:
    """Ask until all is answered (True) or the user stops (False)."""
    from diagnost.cli import prompts

    words = assessment.words
    if assessment.resumed and assessment.kept.tables is not None:
        count = len(assessment.questions)
        _put(words["assess.resumed"].format(done=assessment.done, count=count))
    else:
        count, minutes = len(assessment.questions), assessment.minutes
        _put(words["assess.begin"].format(count=count, minutes=minutes))
        _start(assessment)
    while True:
        asked = assessment.current()
        if asked is not None:
            if not _ask(assessment, asked):
                return False
        elif assessment.more:
            count = len(assessment.questions)
            title = words["assess.deeper"].format(count=count, more=assessment.more)
            choices = [
                (word, words[f"assess.{word}"], key) for word, key in (("yes", "1"), ("no", "2"))
            ]
            _put(title)
            picked = prompts.choose(words["assess.answer"], words["assess.hint"], choices)
            assessment.go_deeper(picked == "yes")
        else:
            return True


def _start(assessment: "Assessment") -> None:
    """Ask for the name, the day and the tables that will be added."""
    from diagnost.cli import prompts

    words = assessment.words

    def wrong(text: str) -> str:
        try:
            date.fromisoformat(text.strip())
        except ValueError:
            return words["assess.not_a_day"]
        return ""

    name = prompts.line(words["assess.name"], assessment.kept.name, lambda _: "")
    today = assessment.kept.as_of or date.today().isoformat()
    day = date.fromisoformat(prompts.line(words["assess.as_of"], today, wrong).strip())
    tables: tuple[str, ...] = ()
    if assessment.tables:
        _put(words["assess.tables"])
        hint = words["assess.tables_hint"]
        tables = prompts.several(words["assess.answer"], hint, assessment.tables)
    assessment.start(name.strip(), day, tables)
    left_out = len(assessment.spared(tables))
    if left_out:
        names = words["list.comma"].join(assessment.tables[table] for table in tables)
        _put(words["assess.left_out"].format(count=left_out, tables=names))


def _ask(assessment: "Assessment", asked: "Asked") -> bool:
    """Ask one question; say whether to go on."""
    from diagnost.cli import prompts

    words = assessment.words
    _put(
        words["assess.progress"].format(number=asked.number, count=asked.of, area=asked.area),
        asked.text,
        asked.help,
    )
    if asked.choices:
        choices = [(choice.value, choice.label, choice.key) for choice in asked.choices]
        choices += [(word, words[f"assess.{word}"], key) for word, key in KEYS.items()]
        picked = prompts.choose(words["assess.answer"], words["assess.hint"], choices, asked.answer)
    else:
        picked = _number(assessment, asked.answer)
    if picked == STOP:
        return False
    if picked == BACK:
        assessment.back()
    elif picked == SKIP:
        assessment.skip()
    else:
        assessment.answer(picked)
    return True


def _number(assessment: "Assessment", before: str) -> str:
    """Ask for a number; return it, or one of the words beside it."""
    from diagnost.cli import prompts

    words = assessment.words
    by_key = {key: word for word, key in KEYS.items()}
    named = words["list.comma"].join(f"{key} – {words[f'assess.{w}']}" for key, w in by_key.items())

    def wrong(text: str) -> str:
        if text.strip().lower() in by_key or assessment.number(text):
            return ""
        return words["assess.not_a_number"].format(keys=", ".join(by_key))

    _put(words["assess.number_hint"].format(keys=named))
    default = "u" if before == "unknown" else before
    text = prompts.line(words["assess.answer"], default, wrong).strip()
    return by_key.get(text.lower()) or assessment.number(text)


def _finish(assessment: "Assessment") -> None:
    words = assessment.words
    count = len(assessment.questions)
    lines = [
        words["assess.finished"].format(
            answered=assessment.answered, count=count, file=assessment.output
        )
    ]
    lines += [
        words["assess.spared"].format(table=table, count=number)
        for table, number in assessment.would_spare()
    ]
    assessment.write()
    command = (
        f"diagnost diagnose {shlex.quote(str(assessment.output))} --lang {assessment.language}"
    )
    lines.append(words["assess.next"].format(command=command))
    _put(*lines)


def _tell_stopped(assessment: "Assessment", command: str) -> None:
    _put(assessment.words["assess.stopped"].format(state=assessment.state, command=command))


def _put(*texts: str) -> None:
    from diagnost.report.layout import wrapped

    lines = [wrapped(text, width()) for text in texts if text]
    say("\n" + "\n".join(lines) + "\n")
