"""Letters to authors, from their words to what became of each."""
