"""What would be if costs followed sales: said beside a supposition that leaves them as they are."""

from collections.abc import Sequence
from decimal import Decimal

from diagnost.asking.figures import shifted
from diagnost.asking.speaker import Speaker
from diagnost.asking.suppositions import supposed_accounts
from diagnost.model.knowledge import WHOLE
from diagnost.model.supposition import Change, How, Moved, SuppositionError
from diagnost.pipeline import diagnose_changed
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered


def in_step(speaker: Speaker, changes: Sequence[Change], moved: Sequence[Moved]) -> list[Sentence]:
    """Return what would be if what goes with the only item changed, changed in proportion.

    Which item goes with which is said in ``flows.yaml``; nothing where none does, or where its
    amount is not known.
    """
    flows, accounts = speaker.base.catalogue.flows, speaker.case.accounts
    with_it = flows.in_step.get(changes[0].name) if len(changes) == 1 else None
    share = next((_share(each) for each in moved if each.item == changes[0].name), None)
    if with_it is None or share is None or (with_it, speaker.period) not in accounts.amounts:
        return []
    both = (*changes, Change(with_it, How.SHARE, share))
    try:
        supposed = supposed_accounts(speaker, both).supposed
    except SuppositionError:
        return []
    by_item = {each.item: each for each in supposed.moved}
    shifts = [shifted(speaker, by_item[item]) for item in flows.comes_from if item in by_item]
    if with_it not in by_item or not shifts:
        return []
    after = diagnose_changed(speaker.case, supposed.accounts)
    verdict = next(
        (v for v in after.diagnosis.verdicts if (v.area, v.period) == (WHOLE, speaker.period)), None
    )
    parts = {
        "item": lowered(speaker.item_name(with_it)),
        "amounts": shifted(speaker, by_item[with_it], named=False),
        "list": speaker.listed(shifts),
    }
    if verdict is None or not verdict.word.graded:
        return [speaker.plain("in_step", **parts)]
    now = speaker.verdicts.get(WHOLE)
    same = now is not None and now.word.id == verdict.word.id
    word = verdict.word.name.in_language(speaker.language)
    return [speaker.plain("in_step_same" if same else "in_step_judged", word=word, **parts)]


def _share(moved: Moved) -> Decimal | None:
    return moved.by / moved.before if moved.before else None
