"""The floor H: a hello-world Django view under the same server, and nothing more."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="hello", ALLOWED_HOSTS=["*"])

urlpatterns = [path("", lambda request: HttpResponse("hello"))]
application = get_wsgi_application()
