"""The settings of a workshop: one page for what is said once, one for each list, one for each entry."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.errors import Refusal
from papers.models import Workshop
from papers.requests import PageRequest
from program.forms.settings.entries import CHANGED_MEANWHILE, SettingsForm, sign_section
from program.forms.settings.identity import IdentityForm
from program.forms.settings.sections import SECTIONS, Section
from program.forms.settings.site import SiteForm
from program.forms.settings.texts import RolesForm, TopicsForm
from program.workshop_files import WorkshopSettings, load_workshop_file, read_workshop
from program.workshop_files.edits import drop_entry, list_entries, move_entry

MOVES = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
def show_settings(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change what is said once about the workshop."""
    workshop, settings = reach_settings(request, slug)
    form = IdentityForm(request.POST if request.method == "POST" else None, settings=settings)
    if form.is_valid():
        return keep_settings(request, form, reverse("settings", args=[slug]))
    context = {"workshop": workshop, "form": form, "tabs": list_tabs(workshop, settings, "settings")}
    return render(request, "program/settings/identity.html", context, status=find_status(request))


@require_GET
def show_sections(request: PageRequest, slug: str, names: tuple[str, ...]) -> HttpResponse:
    """Show the lists of one page with the ways to change them."""
    workshop, settings = reach_settings(request, slug)
    sections = [SECTIONS[name] for name in names]
    context = {
        "workshop": workshop,
        "settings": settings,
        "sections": [(section, section.list_rows(settings), sign_section(settings, section.name)) for section in sections],
        "tabs": list_tabs(workshop, settings, sections[0].page),
        "site_form": SiteForm(settings=settings) if "blocks" in names else None,
    }
    return render(request, "program/settings/sections.html", context)


@require_http_methods(["GET", "POST"])
def add_entry(request: PageRequest, slug: str, name: str) -> HttpResponse:
    """Add an entry to a list."""
    workshop, settings = reach_settings(request, slug)
    section = find_section(name)
    form = section.form(request.POST if request.method == "POST" else None, settings=settings, section=name)
    if form.is_valid():
        return keep_settings(request, form, reverse(section.page, args=[slug]))
    context = {"workshop": workshop, "settings": settings, "section": section, "form": form}
    return render(request, "program/settings/entry.html", context, status=find_status(request))


@require_http_methods(["GET", "POST"])
def edit_entry(request: PageRequest, slug: str, name: str, place: int) -> HttpResponse:
    """Change the entry at a place, counted from 1."""
    workshop, settings = reach_settings(request, slug)
    section = find_section(name)
    index = find_index(settings, section, place)
    form = section.form(request.POST if request.method == "POST" else None, settings=settings, section=name, index=index)
    if form.is_valid():
        return keep_settings(request, form, reverse(section.page, args=[slug]))
    context = {
        "workshop": workshop,
        "settings": settings,
        "section": section,
        "form": form,
        "entry_name": section.name_entry(settings, index),
    }
    return render(request, "program/settings/entry.html", context, status=find_status(request))


@require_http_methods(["GET", "POST"])
def delete_entry(request: PageRequest, slug: str, name: str, place: int) -> HttpResponse:
    """Ask before, take the entry out on POST."""
    workshop, settings = reach_settings(request, slug)
    section = find_section(name)
    index = find_index(settings, section, place)
    called = section.name_entry(settings, index)
    if request.method == "POST":
        refuse_stale(request, settings, name)
        load_workshop_file(drop_entry(settings, name, index), by=request.user, expected=settings)
        messages.success(request, f"Took the {section.noun} “{called}” out.")
        return redirect(section.page, slug)
    context = {
        "workshop": workshop,
        "question": f"Take the {section.noun} “{called}” out?",
        "details": "What it was stays in the history.",
        "verb": "Take it out",
        "back": reverse(section.page, args=[slug]),
        "is_danger": True,
        "hidden": {"seen": sign_section(settings, name)},
    }
    return render(request, "components/confirm.html", context)


@require_POST
def post_move(request: PageRequest, slug: str, name: str, place: int, way: str) -> HttpResponse:
    """Move an entry up or down."""
    _, settings = reach_settings(request, slug)
    section = find_section(name)
    index = find_index(settings, section, place)
    refuse_stale(request, settings, name)
    load_workshop_file(move_entry(settings, name, index, MOVES[way]), by=request.user, expected=settings)
    return redirect(section.page, slug)


@require_http_methods(["GET", "POST"])
def show_topics(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change the topics."""
    return show_lines(request, slug, TopicsForm, "settings-topics", "Topics", "What the call asks for.")


@require_http_methods(["GET", "POST"])
def show_roles(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change the printed order of each role."""
    return show_lines(
        request, slug, RolesForm, "settings-roles", "Roles", "Names in printed order, one on each line; all are among the people."
    )


@require_http_methods(["GET", "POST"])
def show_site_address(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change where the site is."""
    return show_lines(request, slug, SiteForm, "settings-site", "Address of the site", "Where the published pages are read.")


def show_lines(
    request: PageRequest,
    slug: str,
    form_class: type[TopicsForm] | type[RolesForm] | type[SiteForm],
    address: str,
    heading: str,
    sentence: str,
) -> HttpResponse:
    """Show and change settings that are one form of lines."""
    workshop, settings = reach_settings(request, slug)
    form = form_class(request.POST if request.method == "POST" else None, settings=settings)
    if form.is_valid():
        return keep_settings(request, form, reverse(address, args=[slug]))
    context = {"workshop": workshop, "form": form, "heading": heading, "sentence": sentence, "tabs": list_tabs(workshop, settings, address)}
    return render(request, "program/settings/lines.html", context, status=find_status(request))


def reach_settings(request: PageRequest, slug: str) -> tuple[Workshop, WorkshopSettings]:
    """Return a workshop that the person may decide on, with its settings."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return workshop, read_workshop(workshop)


def keep_settings(request: PageRequest, form: SettingsForm, address: str) -> HttpResponse:
    """Put the changed settings in force and go back to where they are shown."""
    loaded = load_workshop_file(form.changed, by=request.user, expected=form.settings)
    if loaded.changes:
        messages.success(request, "Kept.")
    else:
        messages.info(request, "Nothing changed.")
    return redirect(address)


def find_section(name: str) -> Section:
    """Return a list by its name in the address."""
    if name not in SECTIONS:
        raise Http404("No such settings.")
    return SECTIONS[name]


def find_index(settings: WorkshopSettings, section: Section, place: int) -> int:
    """Return the index of a place, counted from 1."""
    if not 1 <= place <= len(list_entries(settings, section.name)):
        raise Http404("No such entry.")
    return place - 1


def refuse_stale(request: HttpRequest, settings: WorkshopSettings, name: str) -> None:
    """Refuse to act on a list that is not the one the person saw."""
    if request.POST.get("seen") != sign_section(settings, name):
        raise Refusal(CHANGED_MEANWHILE)


def find_status(request: HttpRequest) -> int:
    """Return the status of a form that is shown: 422 when it was sent and came back."""
    return 422 if request.method == "POST" else 200


def list_tabs(workshop: Workshop, settings: WorkshopSettings, current: str) -> list[dict[str, object]]:
    """Return the ways between the settings pages."""
    ways: list[tuple[str, str, int | None]] = [
        ("settings", "Workshop", None),
        ("settings-tracks", "Tracks", len(settings.tracks)),
        ("settings-dates", "Dates", len(settings.dates)),
        ("settings-topics", "Topics", len(settings.topics)),
        ("settings-people", "People", len(settings.people)),
        ("settings-sponsors", "Sponsors", len(settings.sponsors)),
        ("settings-sessions", "Sessions", len(settings.sessions)),
        ("settings-site", "Site and links", None),
        ("settings-json", "As JSON", None),
        ("settings-next-edition", "Next edition", None),
    ]
    current = "settings-people" if current == "settings-roles" else current
    return [
        {"label": label, "href": reverse(name, args=[workshop.slug]), "count": count, "is_current": name == current}
        for name, label, count in ways
    ]
