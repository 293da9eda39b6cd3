"""What stands in the knowledge base: lists, and everything about one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from diagnost.app.errors import UsageError
from diagnost.app.hand import Hand
from diagnost.app.shipped import knowledge, ready_knowledge
from diagnost.explain.branch import draw
from diagnost.explain.listing import PLURALS, overview
from diagnost.explain.listing import listing as lines_of
from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.names import Names
from diagnost.explain.show import show
from diagnost.knowledge import files
from diagnost.knowledge.entries import Entries
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.topic_parts import Topic
from diagnost.knowledge.topics import read_topic
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import ExampleValue, Rule
from diagnost.model.text import LANGUAGES
from diagnost.report.samples import Samples
from diagnost.yaml_reader import read


def listing(
    kind: str, language: str, words: Sequence[str] = (), *, width: int | None = None
) -> str:
    """Return the entries of a kind (``indicators`` …), or without a kind how many there are.

    With ``words`` only lines that have all of them in id, symbol or text, in capitals or not.
    Lines are cut at ``width`` if one is given.
    """
    if kind and kind not in PLURALS:
        raise UsageError(f"there is no kind '{kind}'; the kinds are {', '.join(PLURALS)}")
    base = ready_knowledge()
    if not kind:
        counts = overview(base)
        longest = max(len(plural) for plural, _ in counts)
        return "".join(f"{plural:<{longest}}  {count:>5}\n" for plural, count in counts)
    hand = Hand(language)
    sought = [word.casefold() for word in words]
    lines = tuple(
        line
        for line in lines_of(base, PLURALS[kind], Names(base, hand))
        if all(word in " ".join(line).casefold() for word in sought)
    )
    if sought and not lines:
        raise UsageError(f"there are no {kind} with {' and '.join(words)}")
    ids = max((len(line.id) for line in lines), default=0)
    symbols = max((len(line.symbol) for line in lines), default=0)
    written = []
    for line in lines:
        symbol = f"{line.symbol:<{symbols}}  " if symbols else ""
        head = f"{line.id:<{ids}}  {symbol}"
        room = max(width - len(head), 24) if width else 0
        written.append(f"{head}{hand.cut(line.text, room) if room else line.text}".rstrip())
    return "".join(f"{line}\n" for line in written)


def entry(name: str, language: str, *, width: int = 88) -> str:
    """Return everything about the entry that a name means."""
    base = ready_knowledge()
    try:
        found = find_entry(base, name)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    if found.kind == "source":  # calculators cite too, and are not kept ready
        base = knowledge()
    rule = base.rules.get(found.id)
    values: Mapping[str, ExampleValue] = {}
    if rule is not None and found.kind not in ("source", "area"):
        base, rule = _with_examples(base, rule)
        values = dict(rule.fires_on[0].values) if rule.fires_on else {}
    samples = {each: Samples(base, values, each) for each in LANGUAGES}
    hand = Hand(language)

    def sample(of: str, template: str) -> str:
        return samples[of].written(template)

    return draw(show(base, found, Names(base, hand), sample), hand, width)


def _with_examples(base: KnowledgeBase, rule: Rule) -> tuple[KnowledgeBase, Rule]:
    """Return an entry with its examples, which are not kept ready; only its file is read."""
    path = files.content_root() / rule.at.file
    if base.packs or not path.is_file():
        base = knowledge()
        return base, base.rules[rule.id]
    entries = Entries()
    topic = Topic(files.topic_of(rule.at.file), entries, base.catalogue.steadiness, Problems())
    read_topic(topic, read(path, name=rule.at.file))
    base = replace(
        base,
        statements={**base.statements, **entries.statements},
        rulings={**base.rulings, **entries.rulings},
        causes={**base.causes, **entries.causes},
        conclusions={**base.conclusions, **entries.conclusions},
        recommendations={**base.recommendations, **entries.recommendations},
    )
    return base, base.rules[rule.id]
