"""Every setting, read from the environment; the defaults run the demo."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from omnidesk import env, services
from omnidesk.configuration.theme import unfold

BASE_DIR = Path(__file__).resolve().parent.parent

# What the desk is and where it lives.

DEBUG = env.boolean("DEBUG", default=False)
# The demo, the tests and a first look need no configuration; everything that
# answers to the outside does. A site sets SECRET_KEY and is in production.
SECRET_KEY = env.text("SECRET_KEY")
PRODUCTION = SECRET_KEY != ""
if not PRODUCTION:
    SECRET_KEY = "a-key-for-the-demo-on-this-machine-only-" + "0" * 24
elif len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is shorter than 50 characters. Make one with "
        "`python -c 'import secrets; print(secrets.token_urlsafe(64))'`."
    )
SITE_URL = env.url(
    "SITE_URL", "http://127.0.0.1:8000", schemes=("http", "https")
).rstrip("/")
SITE_NAME = env.text("SITE_NAME", "Omnidesk")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".omnidesk")))

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_filters",
    "rest_framework",
    "customers",
    "conversations",
    "channels_inbound",
    "omnidesk.accounts",
    "omnidesk.bots",
    "omnidesk.configuration",
    "omnidesk.console",
    "omnidesk.demo",
    "omnidesk.knowledge",
    "omnidesk.services",
    "omnidesk.simulator",
    "omnidesk.apps.WiringConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "omnidesk.urls"
ASGI_APPLICATION = "omnidesk.asgi.application"

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
            ],
        },
    },
]

# The engines: PostgreSQL and Redis, the servers named or the embedded ones.

EMBEDDED = services.urls(DATA_DIR)
DATABASES = {
    "default": dj_database_url.parse(
        env.url(
            "DATABASE_URL",
            EMBEDDED.database_url,
            schemes=("postgresql", "postgres"),
        ),
        conn_health_checks=True,
    ),
}
# A web process serves each request on a fresh thread: without a pool each would
# open its own connection (5 ms of PostgreSQL). Forking workers must not share one.
DATABASE_POOL_OPTIONS = {
    "min_size": 1,
    "max_size": env.integer("DATABASE_POOL_SIZE", 20),
    "timeout": 10,  # seconds a request waits for a connection
}
if env.boolean("DATABASE_POOL", default=False):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = DATABASE_POOL_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url(
    "REDIS_URL", EMBEDDED.redis_url, schemes=("redis", "rediss", "unix")
)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "omnidesk"},
    },
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "omnidesk",
    },
}

CELERY_BROKER_URL = services.celery_broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120  # seconds; a lease outlives every task
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}  # seconds
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "fire-due-deadlines": {
        "task": "conversations.tasks.fire_due_deadlines",
        "schedule": 2.0,
        "options": {"expires": 10},
    },
    "deliver-queued-messages": {
        "task": "channels_inbound.tasks.deliver_due",
        "schedule": 2.0,
        "options": {"expires": 10},
    },
    "drain-mail-spool": {
        "task": "channels_inbound.tasks.drain_mail_spool",
        "schedule": 15.0,
        "options": {"expires": 60},
    },
    "process-stored-receipts": {
        "task": "channels_inbound.tasks.process_stored",
        "schedule": 15.0,
        "options": {"expires": 60},
    },
}

# Signing in and the admin.

UNFOLD = unfold(SITE_NAME)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
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
LOGIN_REDIRECT_URL = "/console/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "omnidesk.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key,30/5m/ip"}

# What a browser may do.

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 86400 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
if env.boolean("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Files.

STATIC_URL = "/static/"
# Only a site in production collects its files; the demo serves them where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "omnidesk.storage.ModuleManifestStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# Words and time.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True

# Mail.

# Outgoing mail of every e-mail channel account that names no server of its own.
SMTP_URL = env.url(
    "SMTP_URL",
    "smtp://127.0.0.1:2525",
    schemes=("smtp", "smtps", "smtp+starttls"),
)
# Where `manage.py smtpd` listens, as host:port.
SMTPD_LISTEN = env.host_and_port("SMTPD_LISTEN", "127.0.0.1:2526")
LMTPD_LISTEN = env.host_and_port("LMTPD_LISTEN", "")
# A certificate with its key turns STARTTLS on for both.
SMTPD_CERTIFICATE = env.text("SMTPD_CERTIFICATE", "")
SMTPD_KEY = env.text("SMTPD_KEY", "")
MAIL_MAX_BYTES = env.integer("MAIL_MAX_BYTES", 40 * 1024 * 1024)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "desk@localhost")

# The bot.

# Who answers before a person does: a function that takes a Question.
BOT_ANSWERER = env.text("BOT_ANSWERER", "omnidesk.bots.articles.answer")
# How long it may take; then people go on. Shorter than an inbox waits for its bot.
BOT_ANSWER_SECONDS = env.integer("BOT_ANSWER_SECONDS", 8)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "httpx": {"level": "WARNING"},
        # aiosmtpd writes every line of a dialogue, addresses included.
        "mail.log": {"level": "WARNING"},
    },
}
