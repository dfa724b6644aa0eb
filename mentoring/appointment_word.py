"""聘书 as a Word file: A4 landscape, a red double rule, 楷体. Made from nothing but the letter."""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from people.word_sheet import CENTER, KAI, RED, RIGHT, line
from people.words import formal_day


def letter_document(letter):
    """A docx Document of one Appointment; select `mentor` and `studio` along."""
    document = Document()
    _page(document.sections[0])
    _line(document, "聘　书", 44, align=CENTER, colour=RED, before=22, after=14, bold=True)
    _line(document, letter.full_number, 14, align=RIGHT, after=10)
    _line(document, f"{letter.mentor.name}同志：", 22)
    _line(document, appointment_sentence(letter), 22, indent=2)
    _line(document, "特发此证。", 22, indent=2, after=26)
    _line(document, str(letter.studio.name), 20, align=RIGHT)
    _line(document, formal_day(letter.issued_on), 20, align=RIGHT)
    return document


def appointment_sentence(letter):
    """What the letter says, the same on paper and in Word."""
    term = f"聘期自{formal_day(letter.starts_on)}起，至{formal_day(letter.ends_on)}止"
    return f"兹聘请您为{letter.studio.name}带教书记，{term}。"


def _page(section):
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(38)
    section.top_margin = section.bottom_margin = Mm(26)
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "thickThinSmallGap"), ("sz", "36"), ("space", "24"), ("color", str(RED))):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    # The schema wants the borders before the columns.
    section._sectPr.find(qn("w:cols")).addprevious(borders)


def _line(document, text, size, *, indent=0, after=6, **shape):
    line(document, text, size, font=KAI, first=Pt(size * indent), after=after, **shape)
