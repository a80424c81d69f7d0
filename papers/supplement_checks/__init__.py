"""Looks at supplements without unpacking them."""
