"""What surrounds a conversation, in its smallest form: countries, files, working groups, a notice."""

from collections.abc import Sequence

from bot.core import (
    Attachment,
    FileRefused,
    Intake,
    Kept,
    Knowledge,
    Region,
    SentFile,
    Service,
    Surroundings,
    WorkingGroup,
    WorkingGroups,
)
from bot.parts import LOCALES
from bot.privacy.notice import ConfiguredNotice
from bot.privacy.redaction import Redactor, read_introductions
from tests.shipped import LANGUAGES

COUNTRIES = ("IT", "LB", "LY", "CG", "CD", "FR")
SAID = {
    "italy": "IT",
    "italia": "IT",
    "italie": "IT",
    "إيطاليا": "IT",
    "lebanon": "LB",
    "liban": "LB",
    "لبنان": "LB",
    "libya": "LY",
    "france": "FR",
}
REGIONS = (Region("IT-82", "Sicilia"), Region("IT-88", "Sardegna"))
GROUPS = WorkingGroups(
    [
        WorkingGroup("detention", {"en": "Group on detention", "ar": "فريق الاحتجاز"}, (13,)),
        WorkingGroup("work", {"en": "Group on work"}, (6,)),
        WorkingGroup("secretariat", {"en": "The secretariat"}, ()),
    ]
)
SERVICE = Service("A test", "test@example.org")
REDACT = Redactor(read_introductions(LOCALES))
MOST_FILES = 2
SENT_AN_HOUR = 3


class FakeCountries:
    """See `bot.core.Countries`. Six countries, and two regions."""

    def find(self, typed: str, reader: str) -> Sequence[str]:
        folded = typed.strip().casefold()
        if folded == "congo":
            return ["CG", "CD"]
        if typed in COUNTRIES:
            return [typed]
        return [SAID[folded]] if folded in SAID else []

    def named_in(self, text: str) -> Sequence[str]:
        folded = text.casefold()
        return list(dict.fromkeys(code for name, code in SAID.items() if name in folded))

    def name(self, country: str, reader: str) -> str:
        return LANGUAGES.territory(country, reader)

    def regions(self, country: str, typed: str) -> Sequence[Region]:
        return [each for each in REGIONS if country == "IT" and (not typed or typed.casefold() in each.name.casefold())]

    def region(self, code: str) -> Region | None:
        return next((each for each in REGIONS if each.code == code), None)


class FakeFiles:
    """See `bot.core.FileIntake`. Takes two pictures."""

    async def take(self, file: SentFile, already: int) -> tuple[Attachment, bytes]:
        if already >= MOST_FILES:
            raise FileRefused("No more files can be added: {most} is the most.", most=MOST_FILES)
        if file.media_type != "image/png":
            raise FileRefused("I cannot take files of this kind.")
        content = await file.load()
        return Attachment(f"file-{already}", file.media_type, len(content)), content


def make_surroundings(knowledge: Knowledge, service: Service = SERVICE) -> Surroundings:
    return Surroundings(
        knowledge=knowledge,
        languages=LANGUAGES,
        service=service,
        intake=Intake(REDACT, GROUPS),
        countries=FakeCountries(),
        files=FakeFiles(),
        notice=ConfiguredNotice(Kept(), has_telegram=True),
        sent_an_hour=SENT_AN_HOUR,
    )
