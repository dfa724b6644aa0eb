"""The site's own addresses and the floor beside them. Only the bench serves these."""

import os

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from studio.urls import urlpatterns as of_the_site

FLOOR = "/bench/floor/"
PROCESS_HEADER = "X-Bench-Process"
_BODY = ("<!doctype html><title>floor</title><p>" + "x" * 57 + "</p>\n") * 300


@login_not_required
def floor(request):
    """30 KB of text: what any page of this server costs at least. It tells which process answers."""
    return HttpResponse(_BODY, headers={PROCESS_HEADER: str(os.getpid())})


urlpatterns = [path(FLOOR.strip("/") + "/", floor), *of_the_site]
