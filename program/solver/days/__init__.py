"""Gives papers a place in sessions by weighted rules."""
