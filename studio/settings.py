"""The one settings module. Everything that differs between machines comes from the environment, typed.

STUDIO_MODE=production  a real site: needs STUDIO_SECRET_KEY and STUDIO_HOSTS, serves over https only
STUDIO_MODE=local       the default: one machine, plain http, a secret kept in var/
docs/OPERATIONS.md lists every variable.
"""

from pathlib import Path

import bootstrap_wrapper
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import env, validate
from whitenoise.compress import Compressor

from studio.bootstrap import database, home
from studio.bootstrap.secret import kept_secret, kept_vault_key, vault_keys

BASE_DIR = home.BASE_DIR
VAR_DIR = home.var_dir()

PRODUCTION = env.str("STUDIO_MODE", "local", validate=validate.OneOf(["local", "production"])) == "production"
DEBUG = env.bool("STUDIO_DEBUG", False) and not PRODUCTION

SECRET_KEY = env.str("STUDIO_SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured(
            "正式运行需要密钥，请把环境变量 STUDIO_SECRET_KEY 设成 50 个以上的随机字符"
        )
    SECRET_KEY = kept_secret(VAR_DIR)

# Residents' names and numbers are encrypted with the first key; the others open what was written before.
VAULT_KEYS = vault_keys(env.list("STUDIO_VAULT_KEYS", []))
if not VAULT_KEYS:
    if PRODUCTION:
        raise ImproperlyConfigured(
            "正式运行需要保管居民信息的密钥，请照 docs/OPERATIONS.md 做一个，放进环境变量 STUDIO_VAULT_KEYS"
        )
    VAULT_KEYS = [kept_vault_key(VAR_DIR)]

# Cases are compared by the meaning of their words (casework/likeness.py); off, by their rarest words.
CASE_VECTORS = env.bool("STUDIO_CASE_VECTORS", True)

ALLOWED_HOSTS = env.list("STUDIO_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "正式运行需要网址，请把环境变量 STUDIO_HOSTS 设成网站的域名，几个域名用逗号隔开"
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if PRODUCTION and host != "*"]

# --- Applications -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "studio",
    "casework",
    "mentoring",
    "growth",
    "people",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "bs_icon_templates",
    "csp",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.SignInRequired",
    "people.middleware.Situation",
    "people.middleware.BodySize",
    "people.middleware.History",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "people.middleware.DomainErrors",
]

ROOT_URLCONF = "studio.urls"
WSGI_APPLICATION = "studio.wsgi.application"

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
                "studio.context.frame",
            ],
            "builtins": ["people.templatetags.addresses"],
        },
    },
]

# Common widgets are drawn in Python; others are looked up like any template: templates/ may override them.
FORM_RENDERER = "people.forms.renderer.StudioRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database and cache -----------------------------------------------------------------------------------

DATABASES = {"default": database.settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts failed sign-ins for every process alike, without a second server to run. `start` and the test
# runner make the table; elsewhere `manage.py createcachetable` does.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "studio_cache",
    },
}

PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- Sign-in ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.backend.Backend"]
PASSWORD_HASHERS = ["studio.hashers.StudioArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("mobile",)},
    },
]

LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "mobile"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The person decides: 「在这台手机上保持登录」.
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "login": "people.forms.sign_in.SignInForm",
    "reauthenticate": "people.forms.sign_in.PasswordAgainForm",
}
# A street office shares one address on the internet: generous by address, strict by account. After five
# wrong tries the account rests for a minute, as its message says.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/60s/key"}
MFA_FORMS = {
    "authenticate": "people.forms.sign_in.TwoStepForm",
    "reauthenticate": "people.forms.sign_in.TwoStepAgainForm",
    "activate_totp": "people.forms.sign_in.TwoStepOnForm",
    "deactivate_totp": "people.forms.sign_in.TwoStepOffForm",
    "generate_recovery_codes": "people.forms.sign_in.NewCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "书记工作室"

# A mentor's phone stays signed in for a cohort's season; signing out is one tap.
SESSION_ENGINE = "people.sessions"
SESSION_COOKIE_AGE = 90 * 24 * 3600

# --- Reminders --------------------------------------------------------------------------------------------

# The one address at which group robots of 企业微信 are spoken to.
ROBOT_ENDPOINT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
# Without a mail server nobody is offered mail.
EMAIL_HOST = env.str("STUDIO_MAIL_HOST", "")
MAIL_READY = bool(EMAIL_HOST)
EMAIL_PORT = env.int("STUDIO_MAIL_PORT", 465)
EMAIL_HOST_USER = env.str("STUDIO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("STUDIO_MAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 8
DEFAULT_FROM_EMAIL = env.str("STUDIO_MAIL_FROM", "") or EMAIL_HOST_USER or "studio@localhost"

# --- Language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# --- Static files and uploads -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", Path(bootstrap_wrapper.get_bootstrap_dir()))]

# `start` and a real site serve collected files with content hashes in their names; tests and a developer's
# server read the source files, so that an edit shows at once.
STATIC_COLLECTED = env.bool("STUDIO_STATIC_COLLECTED", PRODUCTION)
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_AUTOREFRESH = not STATIC_COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are for developers' tools: packing them would take most of the first start's time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# Never served by address: every upload passes a view that asks who may see it.
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The roster preview posts every cell of up to a thousand rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- Security ---------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": PRODUCTION,
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION

# How many proxies of ours stand in front: their X-Forwarded-* headers are believed, nobody else's.
TRUSTED_PROXIES = env.int("STUDIO_TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: no personal data -------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {
            "()": "studio.logs.PrivateFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": env.log_level("STUDIO_LOG_LEVEL", "WARNING")},
    "loggers": {
        # Django's own configuration would mail administrators and print queries; the root handler is enough.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
