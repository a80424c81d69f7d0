"""The rules of the house as functions: sources in, findings out."""
