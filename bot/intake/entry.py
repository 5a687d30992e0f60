"""One submission as it is handed in outside of the chat: its fields, what is wrong with it, and the record it makes."""

import re
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationInfo,
    field_validator,
)

from bot.core import (
    MOST_CHARACTERS,
    MOST_NAME_CHARACTERS,
    MOST_PEOPLE,
    N_,
    OBJECTIVES,
    AgeBand,
    Consent,
    Countries,
    FeedbackType,
    Gender,
    MigrationStatus,
    Record,
    Resource,
    SpeakingFor,
    StakeholderGroup,
)
from bot.intake import cleaning
from bot.intake.problems import Problem, problems, unless

MOST_CONSULTATION_CHARACTERS = 40

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_CONSULTATION = re.compile(r"[a-z0-9-]*")

__all__ = ["TITLES", "Entry", "Problem", "problems"]


class Entry(BaseModel):
    """One submission. Only the text and the consent to keep it are needed; all else may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, BeforeValidator(cleaning.words)] = Field(
        title=N_("Feedback"),
        description=N_("What is to be said, in any language. Please leave out names and addresses of people."),
        min_length=1,
        max_length=MOST_CHARACTERS,
        repr=False,
    )
    language: Annotated[str, BeforeValidator(cleaning.code)] = Field(
        "",
        title=N_("Language of the feedback"),
        description=N_(
            "The language that it is written in, as an ISO 639 code such as ar; found from the text if left out."
        ),
    )
    stakeholder_group: StakeholderGroup = Field(
        StakeholderGroup.NOT_SAID,
        title=N_("Stakeholder group"),
        description=N_("The group that the speaker belongs to."),
    )
    speaking_for: SpeakingFor = Field(
        SpeakingFor.ONESELF,
        title=N_("Speaking for"),
        description=N_("In whose name it is said."),
    )
    organization: Annotated[str, BeforeValidator(cleaning.line)] = Field(
        "",
        title=N_("Name of the organization"),
        description=N_("Needed where an organization is speaking."),
        max_length=MOST_NAME_CHARACTERS,
        validate_default=True,
        repr=False,
    )
    people: StrictInt = Field(
        0,
        title=N_("Number of people"),
        description=N_("How many people agreed to it, where a group is speaking."),
        ge=0,
        le=MOST_PEOPLE,
    )
    country: Annotated[str, BeforeValidator(cleaning.country_code)] = Field(
        "",
        title=N_("Country"),
        description=N_("The country that it is about, as an ISO 3166 code of two letters such as IT."),
    )
    region: Annotated[str, BeforeValidator(cleaning.country_code)] = Field(
        "",
        title=N_("Region"),
        description=N_("The part of the country, as an ISO 3166-2 code such as IT-82; nothing finer."),
    )
    objectives: tuple[Annotated[StrictInt, Field(ge=OBJECTIVES.start, lt=OBJECTIVES.stop)], ...] = Field(
        (),
        title=N_("Objectives"),
        description=N_("Numbers of the objectives of the Compact that it is about, 1 to 23, the main one first."),
        max_length=len(OBJECTIVES),
    )
    feedback_type: FeedbackType = Field(
        FeedbackType.NOT_SAID,
        title=N_("Type of feedback"),
        description=N_("Which sort of feedback it is, such as a concern or a good practice."),
    )
    resources: tuple[Resource, ...] = Field(
        (),
        title=N_("Resources offered"),
        description=N_("What an offer holds; only with an offer of resources."),
        max_length=len(Resource),
    )
    consent_keep: StrictBool = Field(
        title=N_("Consent to keep it"),
        description=N_(
            "The speaker agrees that it is kept and shown to the working group. Nothing is stored without it."
        ),
        json_schema_extra={"const": True},
    )
    consent_contact: StrictBool = Field(
        False,
        title=N_("Consent to an answer"),
        description=N_("The speaker agrees that the working group writes an answer, which is read with the receipt."),
    )
    consent_quote: StrictBool = Field(
        False,
        title=N_("Consent to a quote without a name"),
        description=N_("The speaker agrees that it is quoted without a name."),
    )
    consent_quote_by_name: StrictBool = Field(
        False,
        title=N_("Consent to a quote with the name"),
        description=N_("The speaker agrees that it is quoted with the name of the organization, which must be given."),
    )
    age: AgeBand = Field(
        AgeBand.NOT_SAID, title=N_("Age"), description=N_("The speaker's age in years. It need not be said.")
    )
    gender: Gender = Field(
        Gender.NOT_SAID, title=N_("Gender"), description=N_("The speaker's gender. It need not be said.")
    )
    migration_status: MigrationStatus = Field(
        MigrationStatus.NOT_SAID,
        title=N_("Situation"),
        description=N_("The speaker's situation as a migrant. It need not be said."),
    )
    sensitive: StrictBool = Field(
        False,
        title=N_("Sensitive"),
        description=N_("It tells of abuse, violence or other grave harm: only specially named people read it."),
    )
    consultation: Annotated[str, BeforeValidator(cleaning.line)] = Field(
        "",
        title=N_("Consultation"),
        description=N_("Short name of the consultation that it belongs to: small letters, digits and hyphens."),
        max_length=MOST_CONSULTATION_CHARACTERS,
    )

    @classmethod
    def read(cls, values: Mapping[str, object], countries: Countries) -> Self:
        """The entry of these values: codes as text, numbers and yes or no as such, lists as lists.

        Raises:
            ValidationError: something is wrong with it; `problems` says what.
        """
        return cls.model_validate(dict(values), context=countries)

    def record(self) -> Record:
        agreed = {
            Consent.KEEP: self.consent_keep,
            Consent.CONTACT: self.consent_contact,
            Consent.QUOTE: self.consent_quote,
            Consent.QUOTE_BY_NAME: self.consent_quote_by_name,
        }
        return Record(
            text=self.text,
            language=self.language,
            group=self.stakeholder_group,
            speaking_for=self.speaking_for,
            organization=self.organization,
            people=self.people,
            country=self.country,
            region=self.region,
            objectives=self.objectives,
            feedback_type=self.feedback_type,
            resources=self.resources,
            consents=frozenset(consent for consent, given in agreed.items() if given),
            age=self.age,
            gender=self.gender,
            migration_status=self.migration_status,
            sensitive=self.sensitive,
            consultation=self.consultation,
        )

    @field_validator("language")
    @classmethod
    def _language_is_known(cls, value: str) -> str:
        return unless(value == "" or cleaning.is_language(value), "unknown_code", value)

    @field_validator("organization")
    @classmethod
    def _speaking_organization_has_a_name(cls, value: str, info: ValidationInfo) -> str:
        speaking = info.data.get("speaking_for") is SpeakingFor.ORGANIZATION
        return unless(value != "" or not speaking, "speaker_needed", value)

    @field_validator("people")
    @classmethod
    def _people_are_a_group(cls, value: int, info: ValidationInfo) -> int:
        # Where it is not known who speaks, that is the error to put right first.
        group = info.data.get("speaking_for", SpeakingFor.GROUP) is SpeakingFor.GROUP
        return unless(value == 0 or group, "group_only", value)

    @field_validator("country")
    @classmethod
    def _country_is_known(cls, value: str, info: ValidationInfo) -> str:
        known = info.context is None or value in info.context.find(value, "en")
        return unless(value == "" or (re.fullmatch("[A-Z]{2}", value) is not None and known), "unknown_code", value)

    @field_validator("region")
    @classmethod
    def _region_is_in_the_country(cls, value: str, info: ValidationInfo) -> str:
        if value == "" or "country" not in info.data:
            return value
        known = info.context is None or info.context.region(value) is not None
        unless(_REGION.fullmatch(value) is not None and known, "unknown_code", value)
        return unless(value.startswith(f"{info.data['country']}-"), "other_country", value)

    @field_validator("objectives", "resources")
    @classmethod
    def _each_once(cls, value: tuple[object, ...]) -> tuple[object, ...]:
        return unless(len(set(value)) == len(value), "twice", value)

    @field_validator("resources")
    @classmethod
    def _resources_are_offered(cls, value: tuple[Resource, ...], info: ValidationInfo) -> tuple[Resource, ...]:
        offer = info.data.get("feedback_type", FeedbackType.OFFER) is FeedbackType.OFFER
        return unless(value == () or offer, "offer_only", value)

    @field_validator("consent_keep")
    @classmethod
    def _nothing_is_stored_without_it(cls, value: bool) -> bool:
        return unless(value, "no_consent", value)

    @field_validator("consent_quote_by_name")
    @classmethod
    def _name_to_quote_is_given(cls, value: bool, info: ValidationInfo) -> bool:
        return unless(not value or info.data.get("organization", "?") != "", "organization_needed", value)

    @field_validator("consultation")
    @classmethod
    def _consultation_is_a_short_name(cls, value: str) -> str:
        return unless(_CONSULTATION.fullmatch(value) is not None, "short_name", value)


TITLES: Mapping[str, str] = {name: each.title or name for name, each in Entry.model_fields.items()}
"""How people read the fields, in English; `gettext` has the other languages."""
