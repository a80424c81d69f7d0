"""The addresses of the papers app."""

from django.urls import include, path

from papers.views.api_urls import api_urls
from papers.views.author_urls import author_urls
from papers.views.camera_ready_urls import camera_ready_urls
from papers.views.claims import post_claim, post_withdrawn_claim
from papers.views.conflicts import post_choice, show_conflicts
from papers.views.history_urls import urlpatterns as history_urls
from papers.views.imports import show_imports, show_report
from papers.views.jobs import post_cancel, show_job
from papers.views.mapping import post_removed_rule, post_rule, show_mapping
from papers.views.members import post_removal, post_revoked_invitation, post_role, show_invitation, show_members
from papers.views.paper import post_edit, show_paper
from papers.views.personal_link_urls import personal_link_urls
from papers.views.profile import show_profile
from papers.views.public import show_accepted_papers
from papers.views.release import post_hidden_authors, show_chosen_letters, show_release
from papers.views.search_urls import search_urls
from papers.views.tables import post_words, show_preview, show_upload
from papers.views.token_urls import token_urls
from papers.views.upstream_urls import upstream_urls

urlpatterns = [
    path("me/", show_profile, name="profile"),
    path("p/<slug:slug>/papers/", show_accepted_papers, name="public-papers"),
    *author_urls,
    *upstream_urls,
    *personal_link_urls,
    path("", include("papers.views.paper_table_urls")),
    path("", include("papers.views.letters_urls")),
    path("", include("papers.views.reminders_urls")),
    path("", include("papers.views.agreement_urls")),
    path("w/<slug:slug>/papers/<int:pk>/", show_paper, name="paper"),
    path("", include("papers.views.decisions_urls")),
    path("", include("papers.views.handling_urls")),
    path("w/<slug:slug>/papers/<int:pk>/edit", post_edit, name="edit-paper"),
    path("w/<slug:slug>/papers/<int:pk>/claim", post_claim, name="claim-author"),
    path("w/<slug:slug>/claims/<int:pk>/withdraw", post_withdrawn_claim, name="withdraw-claim"),
    path("w/<slug:slug>/conflicts/", show_conflicts, name="conflict-list"),
    path("w/<slug:slug>/conflicts/<int:pk>/<slug:choice>", post_choice, name="settle-conflict"),
    path("w/<slug:slug>/release/", show_release, name="release-decisions"),
    path("w/<slug:slug>/release/letters", show_chosen_letters, name="look-over-release"),
    path("w/<slug:slug>/release/hidden-authors", post_hidden_authors, name="name-hidden-authors"),
    path("w/<slug:slug>/members/", show_members, name="members"),
    path("w/<slug:slug>/members/<int:pk>/role", post_role, name="change-role"),
    path("w/<slug:slug>/members/<int:pk>/remove", post_removal, name="remove-member"),
    path("w/<slug:slug>/members/invitations/<int:pk>/revoke", post_revoked_invitation, name="revoke-invitation"),
    path("invitations/<str:token>/", show_invitation, name="invitation"),
    path("w/<slug:slug>/jobs/<int:pk>/", show_job, name="job"),
    path("w/<slug:slug>/jobs/<int:pk>/cancel", post_cancel, name="cancel-job"),
    path("w/<slug:slug>/imports/", show_imports, name="import-list"),
    path("w/<slug:slug>/imports/<int:pk>/", show_report, name="import-report"),
    path("w/<slug:slug>/imports/table/", show_upload, name="import-table"),
    path("w/<slug:slug>/imports/table/words", post_words, name="explain-words"),
    path("w/<slug:slug>/imports/table/<str:digest>/", show_preview, name="import-table"),
    path("w/<slug:slug>/mapping/", show_mapping, name="mapping"),
    path("w/<slug:slug>/mapping/add", post_rule, name="add-rule"),
    path("w/<slug:slug>/mapping/<int:pk>/remove", post_removed_rule, name="remove-rule"),
    *history_urls,
    *search_urls,
    *api_urls,
    *token_urls,
    *camera_ready_urls,
]
