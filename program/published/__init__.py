"""What versions of a schedule say, as plain values: their sessions, how two of them differ."""
