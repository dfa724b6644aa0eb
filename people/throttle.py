"""Counting tries in the shared cache, for pages outside allauth's own limits."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache


def allowed(request, action, *, tries, seconds):
    """Count one try of this address and tell whether it is within the limit."""
    key = f"throttle:{action}:{get_adapter(request).get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= tries
    except ValueError:  # ran out between the two calls
        return True
