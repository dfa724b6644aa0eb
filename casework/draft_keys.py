"""Names of the autosaved drafts of the case pages (people/actions/drafts.py)."""

NEW = "case-new"


def page_key(case_pk, page):
    """The draft of one page of a case; of the first page while the case is not there yet."""
    return f"case-{case_pk}-{page}" if case_pk else NEW


def opinion_key(case_pk):
    return f"opinion-{case_pk}"


def prescription_key(case_pk):
    return f"prescribe-{case_pk}"


def report_key(step_pk):
    return f"report-{step_pk}"


def idea_key(item_pk):
    return f"idea-{item_pk}"


def publish_key(case_pk):
    return f"publish-{case_pk}"


def district_key(request_pk):
    return f"district-{request_pk}"


def topic_key(what, topic_pk=""):
    """`what`: new, note or end."""
    return f"topic-{what}-{topic_pk}".rstrip("-")
