"""Countries and their regions, by what people write."""

from bot.countries.book import CountryBook

__all__ = ["CountryBook"]
