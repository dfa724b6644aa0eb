"""Collects the static files with content hashes in their names, only when one of them has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

STAMP = ".collected"


def collect_static() -> bool:
    """Bring STATIC_ROOT up to date; False when it was."""
    stamp = settings.STATIC_ROOT / STAMP
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Changes with the name, size or time of any source file."""
    rows = []
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            rows.append(f"{path} {storage.size(path)} {storage.get_modified_time(path)}")
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
