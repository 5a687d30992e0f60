"""Compact Bot: answers about the Global Compact for Migration, in people's own languages."""
