"""A workshop's words as tables need them: from its settings and its mapping."""

from papers.mappings import MappingTable, read_mapping
from papers.models import FieldMapping, Workshop
from papers.tables.columns import fold_column
from papers.tables.words import Vocabulary, WordRule
from papers.texts import fold_text


def read_vocabulary(workshop: Workshop, table: MappingTable | None = None) -> Vocabulary:
    """Return what the workshop's own words mean, and its rules for columns and decision texts."""
    named = {
        "track": [(track.slug, track.name) for track in workshop.tracks.all()],
        "presentation": [(kind.slug, kind.name) for kind in workshop.presentation_kinds.all()],
        "award": [(award.slug, award.name) for award in workshop.awards.all()],
    }
    slugs = {
        target: {**{fold_text(name): slug for slug, name in pairs}, **{fold_text(slug): slug for slug, _ in pairs}}
        for target, pairs in named.items()
    }
    labels = {target: tuple(_label(*pair) for pair in pairs) for target, pairs in named.items()}
    labels["proceedings"] = ("yes", "no")
    labels["decision"] = ("accept", "reject", *(f"accept ({slug})" for slug, _ in named["presentation"]))
    rules = tuple(
        WordRule(rule.target, fold_column(rule.key) if rule.source == FieldMapping.Source.CONTENT else "", rule.values)
        for rule in (table or read_mapping(workshop)).rules
        if rule.source in {FieldMapping.Source.CONTENT, FieldMapping.Source.DECISION}
    )
    return Vocabulary(slugs, labels, rules)


def _label(slug: str, name: str) -> str:
    return slug if fold_text(name) == slug else f"{slug} ({name})"
