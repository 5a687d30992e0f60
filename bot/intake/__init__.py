"""Submissions that come in outside of the chat: by the web form, by table and by API."""
