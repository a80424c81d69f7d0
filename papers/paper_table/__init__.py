"""The table of papers as organizers read it."""
