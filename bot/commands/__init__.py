"""What each command of `compact-bot` does: reading its words, calling the part that does it, printing."""
