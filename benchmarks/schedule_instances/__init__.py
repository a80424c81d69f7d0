"""Reads public instances of conference scheduling."""
