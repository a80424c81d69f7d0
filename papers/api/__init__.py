"""What programs get instead of pages."""
