"""The articles and languages of `locales/`, read once for all tests."""

from bot.i18n import LocaleFolder
from bot.knowledge.articles import read_library
from bot.parts import LOCALES

LIBRARY = read_library(LOCALES)
LANGUAGES = LocaleFolder(LOCALES, LIBRARY.languages())
