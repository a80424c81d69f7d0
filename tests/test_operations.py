"""The operators' page names every variable that the product reads."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NAME = re.compile(r'"((?:SYNTAGEN|OPENREVIEW|DATABASE)_[A-Z_0-9]+|PORT)"')
PROVIDERS = {f"SYNTAGEN_{name}_CLIENT_{part}" for name in ("GOOGLE", "GITHUB", "ORCID") for part in ("ID", "SECRET")}


def test_operations_page_lists_every_variable_that_is_read() -> None:
    files = [*ROOT.glob("syntagen/*.py"), ROOT / "gunicorn.conf.py"]
    read = PROVIDERS.union(*(NAME.findall(file.read_text(encoding="utf-8")) for file in files))
    read -= {"OPENREVIEW_URL", "OPENREVIEW_BASE_URL", "OPENREVIEW_BASE_URL_V1"}
    table = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Environment")[1]
    listed = set(re.findall(r"`([A-Z_0-9]+)`(?=[^|]*\|[^|]*\|[^|]*\|$)", table, re.MULTILINE))
    assert sorted(read - listed) == []
    assert sorted(listed - read - {"OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD", "OPENREVIEW_TOKEN"}) == []
