"""The rows of the database behind a workshop file, one noun a file."""
