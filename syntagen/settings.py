"""Django's settings, read from the environment; what is wrong there is said in a sentence."""

import os
from pathlib import Path
from typing import Any

from syntagen.environment import read_bool, read_database, read_int, read_list, read_secret_key, read_storages, read_text
from syntagen.providers import read_providers

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(read_text("SYNTAGEN_DATA_DIR") or BASE_DIR / "var" / "data").resolve()

DEBUG = read_bool("SYNTAGEN_DEBUG", default=False)
SECRET_KEY = read_secret_key(DATA_DIR)
ALLOWED_HOSTS = read_list("SYNTAGEN_HOSTS", default="127.0.0.1,localhost,[::1]")
SITE_URL = read_text("SYNTAGEN_URL", "http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []

INSTALLED_APPS = [
    "papers",
    "program",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.orcid",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.github",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "syntagen.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "syntagen.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "papers.middleware.ZoneMiddleware",
    "papers.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "syntagen.urls"
WSGI_APPLICATION = "syntagen.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "papers.context.product",
            ],
            "builtins": ["template_partials.templatetags.partials", "papers.templatetags.words"],
        },
    }
]

DATABASES = {"default": read_database(DATA_DIR)}
STORAGES = read_storages(DATA_DIR)
if read_bool("SYNTAGEN_SHARED_CACHE", default=False):  # rate limits that several web processes count together
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
AUTH_USER_MODEL = "papers.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG

SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = read_int("SYNTAGEN_HSTS_SECONDS", default=31_536_000 if IS_HTTPS else 0)
if read_bool("SYNTAGEN_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = read_int("SYNTAGEN_PROXY_COUNT", default=1)
X_FRAME_OPTIONS = "DENY"
SECURE_CSP: dict[str, list[str]] = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
FILE_UPLOAD_HANDLERS = [
    "papers.upload_limits.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if read_text("SYNTAGEN_SMTP_HOST") else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "outbox"
EMAIL_HOST = read_text("SYNTAGEN_SMTP_HOST", "localhost")
EMAIL_PORT = read_int("SYNTAGEN_SMTP_PORT", default=587)
EMAIL_HOST_USER = read_text("SYNTAGEN_SMTP_USER")
EMAIL_HOST_PASSWORD = read_text("SYNTAGEN_SMTP_PASSWORD")
EMAIL_USE_TLS = read_bool("SYNTAGEN_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read_text("SYNTAGEN_MAIL_FROM", "SyntaGen <syntagen@localhost>")
MAIL_BOUNCES_TO = read_text("SYNTAGEN_MAIL_BOUNCES_TO")

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "SyntaGen: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_ADAPTER = "papers.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "papers.accounts.SocialAccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SyntaGen"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # it would write to the database on every page view
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS, _provider_origins = read_providers()
SECURE_CSP["form-action"] += _provider_origins  # browsers apply it to where a submitted form is redirected, too

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
RUNS_JOBS_IN_WEB_PROCESS = read_bool("SYNTAGEN_JOBS_IN_WEB", default=True)
JOB_SILENT_SECONDS = read_int("SYNTAGEN_JOB_SILENT_SECONDS", default=60)
READINESS_NOTES = {"jobs": "papers.worker.check_jobs"}

OPENREVIEW_BASE_URL = read_text("OPENREVIEW_API_BASEURL_V2", "https://api2.openreview.net")
OPENREVIEW_BASE_URL_V1 = read_text("OPENREVIEW_API_BASEURL", "https://api.openreview.net")
OPENREVIEW_READ_SECONDS = read_int("SYNTAGEN_OPENREVIEW_READ_SECONDS", default=60)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "syntagen.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "syntagen.logs.JsonFormatter"}, "plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if os.environ.get("SYNTAGEN_LOG_FORMAT") == "plain" else "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": read_text("SYNTAGEN_LOG_LEVEL", "INFO")},
}
