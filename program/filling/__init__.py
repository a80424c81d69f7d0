"""Schedules filled by the solver: a draft posed as a problem, what is found taken over as an edit."""
