"""What is measured; each script says how."""
