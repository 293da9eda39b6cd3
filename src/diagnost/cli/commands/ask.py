"""``ask``: questions in words, one by one or in a conversation."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from diagnost.cli.options import (
    Engine,
    File,
    Language,
    MethodOption,
    Output,
    Peers,
    Period,
    Reader,
    RuleEngine,
    Viewpoint,
)
from diagnost.cli.output import put, refuse_unwritable, say, width

if TYPE_CHECKING:
    from diagnost.app.ask import Conversation, Reply

HELP, NOTES = ("?", "？"), ("!", "！")
"""What asks for help at the prompt, and for the notes of the last answer."""


class Form(StrEnum):
    """The forms of an answer in words."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


def ask(
    file: File,
    question: Annotated[
        str,
        typer.Argument(
            help="What is asked. Without it, questions are asked at a prompt, or read from the "
            "input, one on each line.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[Form, typer.Option("--format", help="The form of the answer.")] = Form.TEXT,
    output: Output = None,
    lang: Annotated[
        Language | None,
        typer.Option(help="Language of the answer; by default that of the question."),
    ] = None,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Answer a question in words, in English, Polish or Chinese.

    Why, how computed, what does it mean, what to do first, what if, what must change, what has
    changed: the direct sentence comes first, then causes, figures, steps and notes. A question
    that is not understood ends with exit code 2: what was understood of it is told, and the
    nearest questions.

    Example: diagnost ask acme.xlsx "why is liquidity low?"
    """
    from diagnost.app.ask import AskRequest, Conversation
    from diagnost.app.errors import UsageError
    from diagnost.cli import prompts

    refuse_unwritable(output, file, peers)
    asked = [question.strip()] if question.strip() else []
    at_prompt = not asked and prompts.is_possible()
    if at_prompt and (output is not None or form is not Form.TEXT):
        raise UsageError("at the prompt answers are text on the terminal; give the question")
    if not asked and not at_prompt:
        asked = _lines()
        if len(asked) > 1 and form is Form.HTML:
            raise UsageError("--format html: an HTML page holds the answer to one question")
    request = AskRequest(
        file=file,
        form=form,
        language=lang.value if lang is not None else "",
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
        notes=not at_prompt,
    )
    conversation = Conversation(request)
    if at_prompt:
        _converse(conversation)
        return
    answered = conversation.ask if len(asked) == 1 else conversation.ask_among_others
    replies = [answered(each) for each in asked]
    if len(replies) == 1 and not replies[0].understood and form is not Form.JSON:
        print(replies[0].text, file=sys.stderr, end="")
    else:
        put(_joined(asked, replies, form), output)
    if not all(reply.understood for reply in replies):
        raise typer.Exit(2)


def _lines() -> list[str]:
    """Read questions from the input, one on each line; UsageError if there is none."""
    from diagnost.app.errors import UsageError

    lines = sys.stdin.read().splitlines() if sys.stdin is not None else []
    asked = [line.strip() for line in lines if line.strip()]
    if not asked:
        raise UsageError('no question: write one, as in diagnost ask acme.xlsx "what is wrong?"')
    return asked


def _joined(asked: Sequence[str], replies: "Sequence[Reply]", form: Form) -> str:
    """Join answers: several in JSON each on a line, several in words under their questions."""
    if len(replies) == 1:
        return replies[0].text
    if form is Form.JSON:
        compact = (json.dumps(json.loads(r.text), ensure_ascii=False) for r in replies)
        return "".join(f"{line}\n" for line in compact)
    pairs = zip(asked, replies, strict=True)
    if form is Form.MD:  # its answers have the question for a title
        return "\n".join(reply.text for reply in replies)
    return "\n".join(f"› {question}\n\n{reply.text}" for question, reply in pairs)


# --- the conversation ---------------------------------------------------------------------------


def _converse(conversation: "Conversation") -> None:
    """Answer questions at a prompt until an empty line or the end of the input."""
    from diagnost.app.errors import UsageError
    from diagnost.cli import prompts

    ask_line = prompts.conversation(conversation.phrases)
    say(conversation.greeting())
    while True:
        line = ask_line(conversation.words["answer.prompt"])
        if line is None or not line.strip():
            return
        try:
            reply = _reply(conversation, line.strip())
        except UsageError as error:
            say(f"{error}\n\n")
            continue
        say(f"\n{reply.text}\n")


def _reply(conversation: "Conversation", line: str) -> "Reply":
    """Answer a line: a question, the number of one that is offered, or a call for help or notes."""
    if line in HELP:
        return conversation.examples()
    if line in NOTES:
        return conversation.with_notes()
    if line.isdecimal():
        return conversation.choose(int(line))
    return conversation.ask(line)
