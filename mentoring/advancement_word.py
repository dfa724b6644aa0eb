"""The packet of a 培养晋级 as a Word paper: as it was frozen, or, while it is open, as it stands now."""

from people.word_sheet import Sheet
from people.words import exact_moment

WIDTHS = (34, 122)


def packet_document(one):
    """A docx Document of an Advancement with its persons at hand."""
    frozen = one.frozen
    sheet = Sheet("培养晋级表", frozen["cohort"] if frozen else one.cohort.name)
    sheet.table(("项目", "内容"), _frozen_rows(frozen) if frozen else _open_rows(one), widths=WIDTHS)
    sheet.heading("作依据的记录")
    for line in (frozen or {"evidence": one.evidence})["evidence"]:
        by = f"（{line['by']}记）" if line["by"] else ""
        sheet.text(f"{line['day']}　{line['kind']}：{line['text']}{by}")
    return sheet.document


def _frozen_rows(frozen):
    place = f"，{frozen['place']}" if frozen["place"] else ""
    decision, proposed = frozen["decision"], frozen["proposed"]
    return [
        ("学员", f"{frozen['apprentice']}{place}"),
        ("师傅", frozen["mentor"]),
        ("提什么", frozen["proposal"]),
        ("依据", frozen["reasons"]),
        ("谁提的", f"{proposed['by']}，{proposed['at']}"),
        ("师傅签字", _signed(frozen["mentor_signed"])),
        ("街道签字", _signed(frozen["street_signed"])),
        ("本人的话", frozen["word"]["text"] or "没有说"),
        ("决定", _signed(decision, f"{decision['label']}，")),
        ("改了什么", "；".join(frozen["changes"])),
    ]


def _signed(given, first=""):
    words = f"：{given['words']}" if given["words"] else ""
    return f"{first}{given['by']}，{given['at']}{words}"


def _open_rows(one):
    place = f"，{one.apprentice.place}" if one.apprentice.place else ""
    return [
        ("学员", f"{one.apprentice.name}{place}"),
        ("师傅", one.mentor.name),
        ("提什么", one.what),
        ("依据", one.reasons),
        ("谁提的", f"{one.proposed_by.name}，{exact_moment(one.proposed_at)}"),
        ("师傅签字", _of_side(one, "mentor")),
        ("街道签字", _of_side(one, "street")),
        ("本人的话", one.word or "还没说"),
        ("决定", "还没定"),
    ]


def _of_side(one, side):
    at = getattr(one, f"{side}_signed_at")
    if not at:
        return "还没签"
    words = getattr(one, f"{side}_words")
    return f"{getattr(one, f'{side}_signed_by').name}，{exact_moment(at)}{'：' + words if words else ''}"
