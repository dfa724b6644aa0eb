"""The WSGI application that the production server loads."""

import os

from django.core.wsgi import get_wsgi_application

from studio.bootstrap import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
application = get_wsgi_application()
memory.settle()
