"""Writes the search text of papers anew, in sections."""

import re
from itertools import zip_longest

from django.db import migrations

from papers.texts import fold_text

ENDS = ("\x01", "\x02", "\x03", "\x04", "\x05", "\x06")
TOPIC_FIELD = re.compile("topic|subject|(?:^|_)areas?(?:$|_)|categor", re.IGNORECASE)


def flatten(values):
    for value in values:
        if isinstance(value, dict):
            yield from flatten([value.get("value")])
        elif isinstance(value, list):
            yield from flatten(value)
        elif isinstance(value, str):
            yield value


def write_search_texts(apps, schema_editor):
    Paper = apps.get_model("papers", "Paper")
    columns = ("title", "abstract", "tldr", "keywords", "extras")
    waiting = []
    for paper in Paper.objects.only(*columns).order_by("pk").prefetch_related("authors").iterator(chunk_size=500):
        authors = sorted(paper.authors.all(), key=lambda author: author.position)
        places = [f"{place.get('name') or ''} {place.get('domain') or ''}" for author in authors for place in author.institutions]
        topics = flatten(value for name, value in paper.extras.items() if TOPIC_FIELD.search(name))
        lists = (paper.keywords, [author.name for author in authors], dict.fromkeys(places))
        parts = (paper.title, paper.abstract, *("; ".join(map(str, items)) for items in lists), paper.tldr, "; ".join(topics))
        paper.search_text = "".join(part for pair in zip_longest(map(fold_text, parts), ENDS, fillvalue="") for part in pair)
        waiting.append(paper)
        if len(waiting) == 500:
            Paper.objects.bulk_update(waiting, ["search_text"])
            waiting = []
    Paper.objects.bulk_update(waiting, ["search_text"])


class Migration(migrations.Migration):
    dependencies = [("papers", "0013_camera_ready")]

    operations = [migrations.RunPython(write_search_texts, migrations.RunPython.noop)]
