"""The only place that speaks to OpenReview."""
