"""What is ticked on a visit: 五必访, 五必问, 五必记. The headings are the method's; the items each
studio's own.

Until a studio has set its items, those below stand: the report names the headings and no items.
"""

SHIPPED = (
    ("五必访", ("独居老人", "困难家庭", "大病家庭", "残疾人家庭", "有矛盾的人家")),
    ("五必问", ("身体怎么样", "日子难不难", "家里有什么变化", "邻里处得怎么样", "对居民区有什么意见")),
    ("五必记", ("家里几口人", "找谁联系", "有什么困难", "答应了什么", "下次什么时候来")),
)
_sources = []


def tell(source):
    """Register `source(studio) -> [(heading, [item, …])]`; an empty answer means that the shipped ones
    stand.
    """
    _sources.append(source)


def items_of(studio):
    """[(heading, (item, …))] of the studio, in their order."""
    for source in _sources:
        found = source(studio)
        if found:
            return [(heading, tuple(items)) for heading, items in found]
    return list(SHIPPED)


def own_items(items):
    """For `tell`: what the studio has set (growth MethodItems), with the shipped ones where it set none."""
    headed = dict(items.headed())
    if not any(headed.values()):
        return []
    return [(heading, headed.get(heading) or shipped) for heading, shipped in SHIPPED]
