"""The addresses of personal links."""

from django.urls import path

from papers.views.personal_links import post_copied_link, post_invitation, post_revoked_link, post_sent_link, show_link, show_links

personal_link_urls = [
    path("links/<str:token>/", show_link, name="personal-link"),
    path("w/<slug:slug>/me/papers/<int:pk>/invite", post_invitation, name="invite-author"),
    path("w/<slug:slug>/papers/<int:pk>/links/", show_links, name="author-links"),
    path("w/<slug:slug>/papers/<int:pk>/links/send", post_sent_link, name="send-link"),
    path("w/<slug:slug>/papers/<int:pk>/links/copy", post_copied_link, name="copy-link"),
    path("w/<slug:slug>/links/<int:pk>/revoke", post_revoked_link, name="revoke-link"),
]
