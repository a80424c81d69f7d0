"""Writes a listing in each format: values in, bytes out."""
