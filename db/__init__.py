"""Tables, repositories and migrations. Rows never leave this package."""
