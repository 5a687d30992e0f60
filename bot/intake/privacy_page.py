"""The page `/privacy`: what is stored, why, how long and who reads it, as it is configured here."""

from aiohttp import web

from bot.core import Notice, Service
from bot.intake.pages import Pages


class PrivacyPage:
    """The long notice, made anew from the settings and the schema whenever it is asked for."""

    def __init__(self, pages: Pages, notice: Notice, service: Service) -> None:
        self._pages = pages
        self._notice = notice
        self._service = service

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/privacy", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        parts = self._notice.parts()
        values = {
            "about_people": [part for part in parts if part.about_people],
            "others": [part for part in parts if not part.about_people],
            "channels": self._notice.channels(),
            "operator": self._service.operator,
            "contact": self._service.contact,
        }
        return self._pages.page("privacy.html", self._pages.reader(request), values)
