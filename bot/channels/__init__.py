"""Native messages to and from `Incoming` and `Reply`, one channel a file."""
