"""``docs``: the catalogue of the knowledge base, a folder of Markdown for each language."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.app.hand import Hand
from diagnost.app.saving import save
from diagnost.app.shipped import knowledge
from diagnost.explain.catalogue import INDEX, Catalogue, SampleOf
from diagnost.explain.lookup import Entry
from diagnost.explain.names import Names
from diagnost.explain.page import Sample
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import ExampleValue
from diagnost.report.samples import Samples


def write_catalogue(folder: Path, languages: Sequence[str], *, overwrite: bool) -> tuple[Path, ...]:
    """Write the catalogue; return the first page of each language.

    Raises UsageError for a folder that holds anything, unless it may be overwritten, or that cannot
    be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not overwrite:
        raise UsageError(f"{folder} is there already, and not empty: use --force to write into it")
    base = knowledge()
    first = []
    for language in languages:
        inner = folder / language
        try:
            inner.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"cannot make the folder {inner}: {reason}") from error
        names = Names(base, Hand(language))
        for name, page in Catalogue(base, names, _samples(base, language)).pages():
            save(inner / f"{name}.md", page.encode())
        first.append(inner / f"{INDEX}.md")
    return tuple(first)


def _samples(base: KnowledgeBase, language: str) -> SampleOf:
    """Return what gives for an entry its texts with the figures of its first example."""

    def sample_of(entry: Entry) -> Sample:
        rule = base.rules.get(entry.id) if entry.kind not in ("source", "area") else None
        values: Mapping[str, ExampleValue] = {}
        if rule is not None and rule.fires_on:
            values = dict(rule.fires_on[0].values)
        samples = Samples(base, values, language)

        def sample(of: str, template: str) -> str:
            return samples.written(template) if of == language else ""

        return sample

    return sample_of
