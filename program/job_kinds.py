"""Names the modules of this app whose background work every process has to know."""

from program.filling import runs

__all__ = ["runs"]
