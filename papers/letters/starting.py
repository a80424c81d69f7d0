"""The letters that every workshop starts with, in sober words that organizers make their own."""

from papers.models import Track, Workshop

FRAME = """Dear {{{{ recipient.name }}}},

{opening}

  {{{{ paper.title }}}}
  {{{{ paper.authors }}}}{{% if paper.number %}} (paper {{{{ paper.number }}}}){{% endif %}}

{{% if paper.decision_comment %}}
{{{{ paper.decision_comment }}}}

{{% endif %}}
{rest}
{{% if workshop.contact %}}
Questions reach us at {{{{ workshop.contact }}}}.

{{% endif %}}
The organizers of {{{{ workshop.short_name }}}}"""

WHERE = """{% if workshop.days %}
The workshop takes place{% if workshop.place %} in {{ workshop.place }}{% endif %} on {{ workshop.days }}\
{% if workshop.conference %}, together with {{ workshop.conference }}{% endif %}.

{% endif %}
"""

PROCEEDINGS = """{% if paper.is_in_proceedings %}
Your paper will be printed in the proceedings.

{% elif paper.may_choose_proceedings %}
You may have your paper printed in the proceedings; please tell us whether you want that.

{% else %}
Your paper will not be printed in the proceedings.

{% endif %}
"""

CAMERA_READY = """{% if dates.camera_ready %}
We need the camera-ready version by {{ dates.camera_ready }}.\
{% if paper.page_limit %} It may have up to {{ paper.page_limit }} pages without references.{% endif %}

{% endif %}
"""

NEXT = """What is left to do, and where your paper stands, is on its page:
{{ paper.page }}
"""

SHORT = """Papers of this track are presented at the workshop; they are not printed in the proceedings.

"""

REJECTED = """We received more good work than the program can hold, and every decision weighed the reviews against each other.\
{% if paper.forum %} The reviews are in OpenReview:
{{ paper.forum }}
{% endif %}

Thank you for sending us your work. We would be glad to meet you at the workshop.
"""


def list_starting_templates(workshop: Workshop) -> list[dict[str, str]]:
    """Return name, subject, body and search of each; together they reach every decided paper with a presentation once."""
    tracks, kinds = list(workshop.tracks.all()), list(workshop.presentation_kinds.all())
    apart = [track for track in tracks if track.proceedings == Track.Proceedings.NONE]
    apart = apart if len(apart) < len(tracks) else []
    others = "".join(f" -track:{track.slug}" for track in apart)
    dated = CAMERA_READY if any(date.kind == "camera-ready" and date.at for date in workshop.dates.all()) else ""
    letters = [
        _accept(f"Accepted: {kind.name}", f"pres:{kind.slug} award:none{others}", f"as {_article(kind.name)}", PROCEEDINGS, dated)
        for kind in kinds
    ]
    if not kinds:
        letters.append(_accept("Accepted", f"dec:accept award:none{others}", "", PROCEEDINGS, dated))
    for track in apart:
        how = "{% if paper.presentation %} as {{ paper.presentation }}{% endif %}"
        letters.append(_accept(f"Accepted: {track.name}", f"dec:accept award:none track:{track.slug}", how, SHORT, dated))
    if workshop.awards.exists():
        letters.append(_award(dated))
    return [*letters, _reject()]


def _accept(name: str, query: str, how: str, proceedings: str, dated: str) -> dict[str, str]:
    how = how if not how or how.startswith("{%") else f" {how}"
    opening = f"We are glad to tell you that your paper was accepted at {{{{ workshop.name }}}}{how}:"
    subject = "[{{ workshop.short_name }}] Your paper was accepted{% if paper.number %} (paper {{ paper.number }}){% endif %}"
    return {"name": name[:100], "subject": subject, "query": query, "body": _write(opening, WHERE + proceedings + dated + NEXT)}


def _award(dated: str) -> dict[str, str]:
    opening = (
        "We are glad to tell you that your paper was accepted at {{ workshop.name }}"
        "{% if paper.presentation %} as {{ paper.presentation }}{% endif %} and wins the award {{ paper.award }}:"
    )
    subject = "[{{ workshop.short_name }}] {{ paper.award }}{% if paper.number %} (paper {{ paper.number }}){% endif %}"
    return {"name": "Award", "subject": subject, "query": "award:any", "body": _write(opening, WHERE + PROCEEDINGS + dated + NEXT)}


def _reject() -> dict[str, str]:
    opening = "We are sorry to tell you that your paper was not accepted at {{ workshop.name }}:"
    subject = "[{{ workshop.short_name }}] Decision on your paper{% if paper.number %} (paper {{ paper.number }}){% endif %}"
    return {"name": "Rejected", "subject": subject, "query": "dec:reject", "body": _write(opening, REJECTED)}


def _write(opening: str, rest: str) -> str:
    return FRAME.format(opening=opening, rest=rest)


def _article(name: str) -> str:
    return f"an {name.lower()}" if name[:1].lower() in "aeiou" else f"a {name.lower()}"
