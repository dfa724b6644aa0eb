"""How much of a 拜师帖 fits on its sheet (static/css/ceremony.css): A4 landscape, three sizes of type."""

from math import ceil

# Name of the type, characters in a line (a few less than there is room for), height of a line in mm.
SIZES = (("large", 35, 10.2), ("middle", 42, 8.0), ("small", 50, 6.4))
TEXT_MM = 103
# The mentor's words: characters in a line, height of a line, space above, length of the label.
WORDS_LINE, WORDS_MM, WORDS_SPACE_MM, WORDS_LABEL = 42, 7.7, 5.5, 6


def size_of(text, words=""):
    """large, middle or small: the largest type in which text and words fit on one sheet."""
    room = TEXT_MM - _words_height(words)
    for name, per_line, height in SIZES:
        if _lines(text, per_line) * height <= room:
            return name
    return name


def fits(text, most_words):
    """Whether the text fits in the smallest type even if the mentor writes `most_words` characters."""
    _, per_line, height = SIZES[-1]
    return _lines(text, per_line) * height <= TEXT_MM - _words_height("多" * most_words)


def _words_height(words):
    if not words:
        return 0
    return WORDS_SPACE_MM + WORDS_MM * ceil((len(words) + WORDS_LABEL) / WORDS_LINE)


def _lines(text, per_line):
    """Printed lines; each paragraph is indented by two characters, empty ones are left out."""
    paragraphs = (line.strip() for line in text.splitlines())
    return sum(ceil((len(paragraph) + 2) / per_line) for paragraph in paragraphs if paragraph)
