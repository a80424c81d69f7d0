"""Writes into files of an existing site without touching what is not ours."""
