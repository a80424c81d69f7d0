"""Invented papers of any number; none of their people exist."""
