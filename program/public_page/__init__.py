"""The published program as its public page shows it, as plain values."""
