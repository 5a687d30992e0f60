"""A small `locales/` folder in which nothing is wrong, and ways to spoil it."""

import re
from pathlib import Path

from bot.i18n import LocaleFolder
from bot.knowledge.articles import Library, read_library, read_text
from bot.knowledge.checks import check

ARTICLES_TOML = """\
[documents]
"A/RES/73/195" = { url = "https://undocs.org/{language}/A/RES/73/195" }
iom = { name = "IOM", url = "https://www.iom.int/" }

[sections]
papers = ["detention", "school"]

[articles.detention]
sources = ["A/RES/73/195 para. 29(h)", "iom"]
objectives = [13]
related = ["school"]
checked = 2026-11-20
goes_stale = true

[articles.school]
sources = ["A/RES/73/195 para. 31"]
objectives = [15]
related = []
checked = 2026-11-20
"""

WORKING_GROUPS_TOML = """\
[[group]]
id = "secretariat"
names = { en = "Secretariat" }
mark = "found"
"""

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Hello {name}"
msgstr "Bonjour {name}"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} jour"
msgstr[1] "{n} jours"

msgid "{document}, para. {paragraph}"
msgstr "{document}, par. {paragraph}"
"""

QUESTIONS = {
    ("en", "detention"): "can I be locked up, detention, police took my friend, prison for no visa, camp with a fence, "
    "arrested at the station, how long in a cell, who lets me out",
    ("en", "school"): "can my child learn, school without papers, who pays for lessons, my son is six, kindergarten, "
    "university place, teacher says no, books for my daughter",
    ("fr", "detention"): "peut-on m'enfermer, rétention, la police a pris mon ami, prison sans visa, camp fermé, "
    "arrêté à la gare, combien de jours en cellule, qui me libère",
    ("fr", "school"): "mon enfant peut-il apprendre, école sans papiers, qui paie les leçons, mon fils a six ans, "
    "maternelle, place en faculté, le maître refuse, livres pour ma fille",
}
TITLES = {
    ("en", "detention"): "Can I be locked up?",
    ("en", "school"): "May my child go to school?",
    ("fr", "detention"): "Peut-on m'enfermer ?",
    ("fr", "school"): "Mon enfant a-t-il droit à l'école ?",
}


class Shelf:
    """Two articles in English and French, with a French catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("articles.toml", ARTICLES_TOML)
        self.write("working-groups.toml", WORKING_GROUPS_TOML)
        self.write("fr/LC_MESSAGES/messages.po", CATALOG)
        self.write("messages.pot", re.sub(r'^(msgstr\S*) ".+"', r'\1 ""', CATALOG, flags=re.MULTILINE))
        for (language, slug), title in TITLES.items():
            based_on = "" if language == "en" else f"based_on: {self._english(slug)}\nread_by:\n"
            questions = "".join(f"  - {line.strip()}\n" for line in QUESTIONS[language, slug].split(","))
            body = f"About {slug}.\n\nWhere to turn."
            self.write(
                f"{language}/articles/{slug}.md", f"---\ntitle: {title}\nquestions:\n{questions}{based_on}---\n{body}\n"
            )

    def write(self, file: str, content: str | bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace something that stands in the file once."""
        content = (self.folder / file).read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands in {file} {content.count(old)} times"
        self.write(file, content.replace(old, new))

    def remove(self, file: str) -> None:
        (self.folder / file).unlink()

    def library(self) -> Library:
        return read_library(self.folder)

    def problems(self) -> list[str]:
        library = self.library()
        return check(self.folder, library, LocaleFolder(self.folder, library.languages()))

    def _english(self, slug: str) -> str:
        return read_text(self.folder / "en" / "articles" / f"{slug}.md").fingerprint
