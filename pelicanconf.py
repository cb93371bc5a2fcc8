"""Pelican's settings. The site itself is made by the plugins; run `python3 scripts/site.py build`.

What differs from one council to another stands in content/council.yaml and is read by the plugins.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent

PATH = "content"
OUTPUT_PATH = "output"
THEME = str(ROOT / "theme")
THEME_STATIC_PATHS = []
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

PLUGIN_PATHS = [str(ROOT / "plugins")]
PLUGINS = [
    "minutebook.publishing.assets",
    "minutebook.pages",
    "minutebook.packages",
    "minutebook.feeds",
    "minutebook.search",
]

# The shape of a blog does not fit a register: all of it is off.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
DELETE_OUTPUT_DIRECTORY = False

JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
