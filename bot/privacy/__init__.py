"""The least about a person: keys, encryption, redaction, retention."""
