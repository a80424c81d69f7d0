"""An invented venue of any size, for benchmarks."""

from standin.store import Store


def build_invented(size: int) -> Store:
    return Store()
