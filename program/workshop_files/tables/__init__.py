"""Between the values of a workshop file and the rows of the database, one noun per file."""
