"""Nothing personal reaches a log line."""

import logging

import pytest

from studio.logs import PrivateFormatter


def line(message):
    return PrivateFormatter().format(logging.makeLogRecord({"msg": message}))


@pytest.mark.parametrize("private", ["13800138000", "310107198602141234", "31010719860214123X"])
def test_numbers_of_people_are_masked(private):
    assert private not in line(f"refused {private}，again")
    assert "refused" in line(f"refused {private}")


def test_rows_in_database_errors_are_left_out():
    text = line("duplicate key\nDETAIL:  Key (name)=(石小泉) already exists.\nmore")
    assert text == "duplicate key\nDETAIL: …\nmore"


def test_other_numbers_stay():
    assert line("took 1234567890123 ns, code 310107008005") == "took 1234567890123 ns, code 310107008005"
