"""自评五项本领: an apprentice says how far each has come, in words."""

from django.contrib import messages
from django.shortcuts import redirect

from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions.ratings import rate
from ..forms.small import RatingForm
from .files import ratings
from .next_steps import learning_studio


def rating_new(request):
    studio = learning_studio(request.user)
    require(studio, "自评由学员来做")
    form = RatingForm(request.POST or None, latest=ratings(request.user, viewer=request.user)["scores"])
    if request.method == "POST" and form.is_valid():
        given = {"studio": studio, "person": request.user, "levels": form.levels(), "by": request.user}
        once(request, lambda: rate(**given), path=lambda nothing: "/ledger/me/")
        messages.success(request, "记好了。师傅和街道能看到，过一阵再看看有没有长进。")
        return redirect("growth:my-file")
    return show_form(request, "growth/rating/form.html", form)
