"""What OpenReview's values mean in this workshop."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, READERS, reach_rule, reach_workshop
from papers.forms.mapping import FieldMappingForm, MeaningsForm
from papers.import_jobs import start_remap
from papers.mappings import add_rule, explain_values, remove_rule
from papers.models import Workshop
from papers.requests import PageRequest
from papers.seen_fields import list_seen_fields


@require_http_methods(["GET", "POST"])
def show_mapping(request: PageRequest, slug: str) -> HttpResponse:
    """Show every source with the values seen; a POST says what values mean."""
    workshop = reach_workshop(request.user, slug, READERS if request.method == "GET" else DECIDERS)
    rules = list(workshop.mappings.for_mapping_page())
    form = MeaningsForm(request.POST if request.method == "POST" else None, workshop=workshop, rules=rules)
    if request.method == "POST" and form.is_valid():
        count = explain_values(workshop, form.read_meanings(), by=request.user)
        if count:
            return _remap(request, workshop, f"Kept {count} meaning{'' if count == 1 else 's'}.")
        messages.info(request, "Nothing changed.")
        return redirect("mapping", slug)
    context = {
        "workshop": workshop,
        "form": form,
        "rules": form.group_rules(),
        "rule_form": FieldMappingForm(),
        "seen_fields": list_seen_fields(workshop),
        "may_decide": workshop.role in DECIDERS,
    }
    return render(request, "papers/mapping.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def post_rule(request: PageRequest, slug: str) -> HttpResponse:
    """Add a source."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = FieldMappingForm(request.POST)
    if not form.is_valid():
        return render(request, "papers/mapping_rule.html", {"workshop": workshop, "rule_form": form}, status=422)
    add_rule(workshop, **form.cleaned_data, by=request.user)
    return _remap(request, workshop, "Added. Say what its values mean below.")


@require_POST
def post_removed_rule(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a source with its meanings."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    remove_rule(reach_rule(workshop, pk), by=request.user)
    return redirect("mapping", slug)


def _remap(request: PageRequest, workshop: Workshop, sentence: str) -> HttpResponse:
    job = start_remap(workshop, by=request.user)
    if job is not None:
        return redirect("job", workshop.slug, job.pk)
    messages.success(request, f"{sentence} The papers follow it now.")
    return redirect("mapping", workshop.slug)
