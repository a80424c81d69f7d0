"""Gives papers a place in rooms at times at the least cost."""
