"""Papers into the sessions of a schedule by rules that have names and weights."""
