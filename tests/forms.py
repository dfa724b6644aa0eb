"""Filling in forms as a person does: get the page, keep its hidden fields, type, send."""

import re

HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"')


def hidden_fields(page):
    """{name: value} of the hidden inputs of a page (an HttpResponse)."""
    found = {m["name"]: m["value"] for m in HIDDEN.finditer(page.content.decode())}
    found.pop("csrfmiddlewaretoken", None)
    return found


def send(client, url, data=None, *, follow=False, **more):
    """GET `url`, then POST its hidden fields with `data` to it."""
    filled = {**hidden_fields(client.get(url)), **(data or {}), **more}
    return client.post(url, filled, follow=follow)
