"""能来 or 来不了 of a meeting, by each who is to come."""

from django.contrib import messages
from django.shortcuts import redirect

from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import meetings
from ..forms.session_invitations import CannotComeForm
from ..models import MeetingMember
from .meetings import found_meeting
from .sessions import posted

YES = "好的，知道您能来。"
NO = "知道您来不了，已经告诉安排的人。"


def meeting_coming(request, pk):
    """`answer=yes` is one tap; 来不了 asks for the reason on this page."""
    meeting = found_meeting(request, pk)
    mine = next((row for row in meeting.members.all() if row.person_id == request.user.pk), None)
    require(mine is not None, meetings.NOT_ASKED)
    if request.POST.get("answer") == MeetingMember.Answer.YES:
        meetings.answer(meeting, person=request.user, coming=True)
        messages.success(request, YES)
        return redirect(meeting)
    form = CannotComeForm(posted(request))
    form.fields["reason"].error_messages["required"] = "请点一下因为什么"
    if form.is_valid():
        once(
            request,
            lambda: meetings.answer(meeting, person=request.user, coming=False, reason=form.why()),
            path=lambda answered: meeting.get_absolute_url(),
        )
        messages.success(request, NO)
        return redirect(meeting)
    return show_form(request, "mentoring/meeting/coming.html", form, meeting=meeting, mine=mine)
