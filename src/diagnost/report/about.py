"""What the document says of the knowledge that it rests on."""

from collections.abc import Iterator

from diagnost.pipeline import Case


def about_lines(case: Case, words: dict[str, str], language: str) -> tuple[str, ...]:
    """Tell the meaning of the asterisk and name the knowledge base, with its packs."""
    version = words["data.version"].format(version=case.base.version)
    return (words["data.assumed"], version, *_packs(case, words, language))


def _packs(case: Case, words: dict[str, str], language: str) -> Iterator[str]:
    """Name the packs, and say where their texts stand in another language than the document."""
    for use in case.base.packs:
        pack = use.manifest
        name = pack.name.in_language(language)
        told = words["packs.used"].format(name=name, version=pack.version, author=pack.author)
        if language not in pack.languages:
            own = words[f"packs.language_{pack.languages[0]}"]
            told += words["list.space"] + words["packs.other_language"].format(language=own)
        yield told
