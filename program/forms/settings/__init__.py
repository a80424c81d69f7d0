"""What the settings pages ask for."""
