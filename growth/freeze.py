"""Triggers that hold an assessment to its state: nothing is written where the round does not allow it.

The application refuses first, with a sentence; these refuse raw SQL as well. The round's row is locked for
sharing, so that a mark on its way and the move that ends scoring wait for each other.
"""

import pgtrigger

REFUSED = "round_does_not_allow"


def only_while(*states, reach="{row}.round_id", besides="false"):
    """A trigger: rows are written only while their round is in one of `states`.

    `reach`: SQL for the round's id from `{row}` (OLD or NEW); `besides`: SQL of a write allowed anyway.
    """
    named = ", ".join(f"'{state}'" for state in states)
    check = """
        IF TG_OP <> '{op}' THEN
            FOR state IN SELECT r.state FROM growth_round r WHERE r.id = {reach} FOR SHARE LOOP
                IF state NOT IN ({named}) AND NOT ({besides}) THEN
                    RAISE EXCEPTION '{refused}' USING ERRCODE = 'check_violation', CONSTRAINT = '{refused}';
                END IF;
            END LOOP;
        END IF;
    """
    parts = [
        check.format(op=op, reach=reach.format(row=row), named=named, besides=besides, refused=REFUSED)
        for row, op in (("OLD", "INSERT"), ("NEW", "DELETE"))
    ]
    return pgtrigger.Trigger(
        name="only_while_the_round_allows",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("state", "text")],
        func=f"{''.join(parts)} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
    )


def published_stands():
    """A trigger for the round itself: once published it is neither changed nor removed; what began stays."""
    return pgtrigger.Trigger(
        name="published_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF OLD.state = 'published' OR (TG_OP = 'DELETE' AND OLD.state <> 'preparing') THEN
                RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation', CONSTRAINT = '{REFUSED}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )
