"""Reminders: what leaves next, the rules, quiet hours, the switch, letters that follow acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.forms.reminders import NoticesForm, QuietForm, RuleForm
from papers.letters.habits import find_settings, set_notices, set_quiet_hours, start_reminders, stop_reminders
from papers.letters.reminder_rules import add_reminder_rule, describe_rule, remove_reminder_rule, switch_reminder_rule
from papers.letters.reminding import list_next_reminders, plan_reminders
from papers.models import ReminderRule, Workshop
from papers.requests import PageRequest


@require_GET
def show_reminders(request: PageRequest, slug: str) -> HttpResponse:
    """Show what leaves next, and the rules that say so."""
    return _show(request, reach_workshop(request.user, slug, DECIDERS))


@require_POST
def post_started_reminders(request: PageRequest, slug: str) -> HttpResponse:
    """Let reminders leave."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    start_reminders(workshop, by=request.user)
    messages.success(request, "Reminders leave from now on.")
    return redirect("reminders", slug)


@require_POST
def post_stopped_reminders(request: PageRequest, slug: str) -> HttpResponse:
    """Let no reminder leave any more."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    count = stop_reminders(workshop, by=request.user)
    waited = f" {count} that waited {'is' if count == 1 else 'are'} canceled." if count else ""
    messages.success(request, f"Reminders are stopped.{waited}")
    return redirect("reminders", slug)


@require_POST
def post_rule(request: PageRequest, slug: str) -> HttpResponse:
    """Add a rule."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = RuleForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return _show(request, workshop, rule_form=form)
    rule = add_reminder_rule(workshop, **form.read_values(), by=request.user)
    messages.success(request, f"Added: {describe_rule(rule)}.")
    return redirect("reminders", slug)


@require_POST
def post_rule_on(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Switch a rule on."""
    switch_reminder_rule(_reach_rule(request, slug, pk), is_active=True, by=request.user)
    return redirect("reminders", slug)


@require_POST
def post_rule_off(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Switch a rule off."""
    switch_reminder_rule(_reach_rule(request, slug, pk), is_active=False, by=request.user)
    return redirect("reminders", slug)


@require_POST
def post_removed_rule(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a rule."""
    remove_reminder_rule(_reach_rule(request, slug, pk), by=request.user)
    messages.success(request, "Removed. What it has sent stays in the outbox.")
    return redirect("reminders", slug)


@require_POST
def post_quiet_hours(request: PageRequest, slug: str) -> HttpResponse:
    """Change the quiet hours."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = QuietForm(request.POST, held=find_settings(workshop))
    if not form.is_valid():
        return _show(request, workshop, quiet_form=form)
    set_quiet_hours(workshop, **form.cleaned_data, by=request.user)
    messages.success(request, "Kept.")
    return redirect("reminders", slug)


@require_POST
def post_notices(request: PageRequest, slug: str) -> HttpResponse:
    """Change which acts write to authors."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = NoticesForm(request.POST, held=find_settings(workshop))
    switches = form.cleaned_data if form.is_valid() else {}
    set_notices(workshop, **switches, by=request.user)
    messages.success(request, "Kept.")
    return redirect("reminders", slug)


def _show(request: PageRequest, workshop: Workshop, **forms: Any) -> HttpResponse:
    held = find_settings(workshop)
    planned = plan_reminders(workshop, now=timezone.now())
    told = list_next_reminders(planned)
    context = {
        "workshop": workshop,
        "held": held,
        "rules": [(rule, describe_rule(rule)) for rule in workshop.reminder_rules.for_rules_page()],
        "next": [(one, [describe_rule(rule) for rule in one.rules]) for one in told],
        "planned_count": len(planned),
        "shown_count": sum(one.letter_count for one in told),
        "rule_form": RuleForm(workshop=workshop),
        "quiet_form": QuietForm(held=held),
        "notices_form": NoticesForm(held=held),
        **forms,
    }
    return render(request, "papers/reminders.html", context, status=422 if forms else 200)


def _reach_rule(request: PageRequest, slug: str, pk: int) -> ReminderRule:
    workshop = reach_workshop(request.user, slug, DECIDERS)
    rule: ReminderRule = get_object_or_404(workshop.reminder_rules, pk=pk)
    return rule
