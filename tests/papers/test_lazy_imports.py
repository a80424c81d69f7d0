"""Starting the product loads none of the heavy libraries; whoever needs one imports it then."""

import subprocess
import sys

HEAVY = ["pandas", "numpy", "openreview", "weasyprint", "ortools", "boto3", "openpyxl", "pikepdf", "pypdfium2"]
START = f"""
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().reverse_dict
import papers.worker
print(*sorted(set({HEAVY}) & set(sys.modules)))
"""


def test_heavy_libraries_are_not_loaded_at_start() -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
