"""The measured site: the real one plus the floor, on the scratch database. Loaded by gunicorn, one worker.

The database's settings come from the parent process through the environment.
"""

import json
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from studio.bootstrap import memory

from . import DATABASE_VARIABLE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
settings.DATABASES["default"].update(json.loads(os.environ[DATABASE_VARIABLE]))
settings.ROOT_URLCONF = "studio.bench.urls"
# As on a collected site: no look into the folders at each request.
settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
application = get_wsgi_application()
memory.settle()
