"""The demonstration: two street studios under a district one, half a year of life, everybody invented.

`load_demo` replays the content through the very actions of the pages. A real site never loads it: its
password is public.
"""

PASSWORD = "quanjia2026"

# (who, mobile number, password), as `manage.py start` prints them.
DEMO_SIGN_INS = [
    ("街道工作人员（泉+，卫主任）", "19900000001", PASSWORD),
    ("领衔人（泉+，沈书记）", "19900000006", PASSWORD),
    ("带教书记（泉+，顾书记）", "19900000009", PASSWORD),
    ("学员（泉+，费主任）", "19900000031", PASSWORD),
    ("会诊专家（房管部门，贺科长）", "19900000004", PASSWORD),
    ("区级查看（普陀区，龚科长）", "19900009001", PASSWORD),
]
