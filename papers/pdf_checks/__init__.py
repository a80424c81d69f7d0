"""Says of one PDF file whether it can go to press: a file in, findings out."""
