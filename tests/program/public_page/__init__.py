"""Tests of the program as its public page shows it."""
