"""Settings of Second Wind: one file, fed by the environment (`.env.example`).

Without `DATABASE_URL` the app runs on its own PostgreSQL below `DATA_DIR`; without
`REDIS_URL` its worker and beat are threads of the one web process; without
`EMAIL_URL` letters are kept as files below `DATA_DIR`.
"""

import os
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from recovery.embedded.demo import is_demo
from recovery.embedded.secret_key import kept_secret_key
from recovery.logs.line import is_for_a_terminal, line_form
from recovery.mail_server import mail_settings
from recovery.schedule import BEAT_SCHEDULE
from recovery.site_url import read_site_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- Where it runs -----------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).absolute()
EMBEDDED_DATABASE = not env.str("DATABASE_URL", default="")
EMBEDDED_WORKER = not env.str("REDIS_URL", default="")
# For `serve`; another than this machine only behind a proxy, or on a net you trust.
BIND_ADDRESS = env.str("BIND_ADDRESS", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
SITE = read_site_url(env.str("SITE_URL", default="") or f"http://127.0.0.1:{PORT}")
SITE_URL, HTTPS = SITE.origin, SITE.is_https

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    # A server's own key must be given, so that all its processes share it. The
    # embedded mode has one process and one folder, and keeps its key there.
    SECRET_KEY = (
        kept_secret_key(DATA_DIR) if EMBEDDED_DATABASE else env.str("SECRET_KEY")
    )
ALLOWED_HOSTS = [
    SITE.host,
    *env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]),
]

# The demo's one-click sign-in exists only where the demo command says so, on the
# database it made itself and on this machine alone (recovery/embedded/demo.py).
DEMO = is_demo(DATA_DIR, embedded_database=EMBEDDED_DATABASE, bind_address=BIND_ADDRESS)

# --- The app -----------------------------------------------------------------------

INSTALLED_APPS = [
    "plans",
    "reps",
    "recovery",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "recovery.logs.requests.RequestLog",
    "recovery.middleware.NoRedirectLoop",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "recovery.middleware.HtmxLoginRedirect",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "recovery.middleware.PrivatePages",
    "recovery.middleware.OwnTimeZone",
    "recovery.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "recovery.middleware.NoLongWait",
]

ROOT_URLCONF = "recovery.urls"
WSGI_APPLICATION = "recovery.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "recovery.masthead.masthead",
            ],
        },
    },
]
if DEMO:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append(
        "recovery.demo_sign_in.demo_people"
    )
FORM_RENDERER = "recovery.form_renderer.FormRenderer"

# --- Facts -------------------------------------------------------------------------

# Two roles from the first day: the owner's tables, the app's rows. Only `migrate
# --database owner` uses the second connection.
if EMBEDDED_DATABASE:
    _embedded = {
        "ENGINE": "recovery.embedded",
        "NAME": "second_wind",
        "FOLDER": DATA_DIR / "postgres",
    }
    DATABASES = {
        "default": _embedded | {"USER": "second_wind"},
        "owner": _embedded | {"USER": "second_wind_owner"},
    }
else:
    DATABASES = {
        "default": env.db("DATABASE_URL"),
        "owner": env.db_url_config(
            env.str("DATABASE_OWNER_URL", default="") or env.str("DATABASE_URL")
        ),
    }
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
# What is prepared (`reps.models.compiled_query`) is planned once: some of it would be
# planned at every call, which takes longer than to find the rows.
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = (
    f"{_options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
)
DATABASES["owner"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if EMBEDDED_WORKER:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            # The broker has database 0, the cache has 1: one can be flushed alone.
            "LOCATION": f"{REDIS_URL.rstrip('/').removesuffix('/0')}/1",
        }
    }

# --- The clock: Postgres is the truth, Celery only hurries ----------------------------

CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05}  # the default of a second is a trap
    if EMBEDDED_WORKER
    else {"socket_timeout": 30, "socket_connect_timeout": 5}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False  # what is printed is no line of the log
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# --- Letters -----------------------------------------------------------------------

# Kept as files until there is a server to send them.
EMAIL_URL = env.str("EMAIL_URL", default="") or f"filemail://{DATA_DIR}/mail"
# Also in a nudge's row, where the delivery page shows it: only where nobody is real.
# Whoever reads somebody's letter could log that person's week.
KEEP_LETTERS = DEMO
vars().update(mail_settings(EMAIL_URL))
EMAIL_TIMEOUT = 20  # seconds; shorter than a nudge's claim lasts
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Second Wind <second-wind@localhost>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Who comes in ------------------------------------------------------------------

AUTH_USER_MODEL = "reps.User"
AUTHENTICATION_BACKENDS = ["recovery.sign_in.KnownPeople"]
SESSION_ENGINE = "recovery.sessions"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "plans:home"
ACCOUNT_ADAPTER = "recovery.sign_in.NoPublicSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # an admin adds people; the mailed link is the proof
)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # an invitation outlives a weekend

# --- Words and days ----------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "recovery" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- What the browser is told --------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "recovery.static_addresses.KnownAddresses"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# The container's own check and Prometheus ask it, and not the proxy, in plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# A proxy may send another Host than the browser asked for; forms come from SITE_URL.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- What is written down and counted: recovery/logs, recovery/metrics --------------

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN:
    # Where the web's processes add up their figures: recovery/metrics.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(DATA_DIR / "metrics"))
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=200)
CALM = DEBUG or is_for_a_terminal()
LOG_LEVEL = env.str("LOG_LEVEL", default="") or ("WARNING" if CALM else "INFO")
# A line of ours says it already: how a request ended, how a task did.
SAID_TWICE = {} if CALM else {"django.request": {"level": "CRITICAL"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": line_form, "debug": DEBUG}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Celery's command sets the root's level to its own.
        "recovery": {"level": LOG_LEVEL},
        "celery": {"level": "WARNING"},
        "celery.app.trace": {"level": "CRITICAL"},
        **SAID_TWICE,
    },
}
