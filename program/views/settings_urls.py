"""The addresses of the settings pages."""

from django.urls import path

from program.views.editions import show_leftovers, start_edition
from program.views.settings import (
    add_entry,
    delete_entry,
    edit_entry,
    post_move,
    show_roles,
    show_sections,
    show_settings,
    show_site_address,
    show_topics,
)
from program.views.settings_files import download_json, post_json, show_json

urlpatterns = [
    path("w/<slug:slug>/settings/", show_settings, name="settings"),
    path("w/<slug:slug>/settings/tracks/", show_sections, {"names": ("tracks", "presentations", "awards")}, name="settings-tracks"),
    path("w/<slug:slug>/settings/dates/", show_sections, {"names": ("dates",)}, name="settings-dates"),
    path("w/<slug:slug>/settings/people/", show_sections, {"names": ("people",)}, name="settings-people"),
    path("w/<slug:slug>/settings/sponsors/", show_sections, {"names": ("sponsors", "affiliations")}, name="settings-sponsors"),
    path("w/<slug:slug>/settings/sessions/", show_sections, {"names": ("sessions",)}, name="settings-sessions"),
    path("w/<slug:slug>/settings/site/", show_sections, {"names": ("blocks", "links")}, name="settings-site"),
    path("w/<slug:slug>/settings/site/address", show_site_address, name="settings-site-address"),
    path("w/<slug:slug>/settings/topics/", show_topics, name="settings-topics"),
    path("w/<slug:slug>/settings/roles/", show_roles, name="settings-roles"),
    path("w/<slug:slug>/settings/json/", show_json, name="settings-json"),
    path("w/<slug:slug>/settings/json/download", download_json, name="settings-download"),
    path("w/<slug:slug>/settings/json/apply", post_json, name="settings-apply"),
    path("w/<slug:slug>/settings/next-edition/", start_edition, name="settings-next-edition"),
    path("w/<slug:slug>/settings/leftovers/", show_leftovers, name="settings-leftovers"),
    path("w/<slug:slug>/settings/<slug:name>/add", add_entry, name="settings-add"),
    path("w/<slug:slug>/settings/<slug:name>/<int:place>", edit_entry, name="settings-edit"),
    path("w/<slug:slug>/settings/<slug:name>/<int:place>/delete", delete_entry, name="settings-delete"),
    path("w/<slug:slug>/settings/<slug:name>/<int:place>/up", post_move, {"way": "up"}, name="settings-up"),
    path("w/<slug:slug>/settings/<slug:name>/<int:place>/down", post_move, {"way": "down"}, name="settings-down"),
]
