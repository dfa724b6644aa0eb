"""Log lines without personal data."""

import logging
import re

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
# The code of a 登录卡 and of a link stands in its address.
CARD = re.compile(r"(/card/|/l/\d+/)[^/\s\"']+")
# PostgreSQL repeats the refused row in its DETAIL line: names and numbers of real people.
DETAIL = re.compile(r"^(DETAIL:).*$", re.MULTILINE)


class PrivateFormatter(logging.Formatter):
    """Formats a record, traceback included, and masks mobile and identity numbers, card codes and rows."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        text = MOBILE.sub("1**********", text)
        text = IDENTITY.sub("******************", text)
        text = CARD.sub(r"\1…", text)
        return DETAIL.sub(r"\1 …", text)
