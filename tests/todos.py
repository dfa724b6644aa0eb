"""What waits for somebody, as 待办 says it now."""

from studio import todo


def actions(person):
    """The action of each line, in order. Asks anew: a Person remembers the counts of a request."""
    person.__dict__.pop("_todo_counts", None)
    return [item.action for item in todo.waiting_for(person)]
