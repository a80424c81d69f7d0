"""The day itself: what runs now, what is next, how late it is; pure."""
