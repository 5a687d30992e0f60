"""One file per aggregate; they take and return values of `bot.core`."""
