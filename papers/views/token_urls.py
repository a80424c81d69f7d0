"""The addresses of a person's access tokens."""

from django.urls import path

from papers.views.tokens import post_revoked_token, show_tokens

token_urls = [
    path("me/tokens/", show_tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke", post_revoked_token, name="revoke-token"),
]
