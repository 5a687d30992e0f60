"""Giving feedback: a draft, a question at a time, until it is sent."""
