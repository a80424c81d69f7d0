"""The addresses of the letters' pages."""

from django.urls import path

from papers.views.letters import (
    post_copy,
    post_deletion,
    post_move,
    post_start,
    post_test,
    show_letter,
    show_letters,
    show_new_letter,
    show_preview,
)
from papers.views.letters_outbox import (
    download_states,
    post_again,
    post_bounce,
    post_cancellation,
    post_pause,
    post_resumption,
    post_sent,
    show_mailing,
    show_outbox,
    show_sent_letter,
)
from papers.views.letters_sending import download_recipients, show_sending

urlpatterns = [
    path("w/<slug:slug>/letters/", show_letters, name="letters"),
    path("w/<slug:slug>/letters/start", post_start, name="start-letters"),
    path("w/<slug:slug>/letters/new/", show_new_letter, name="add-letter"),
    path("w/<slug:slug>/letters/preview", show_preview, name="preview-letter"),
    path("w/<slug:slug>/letters/test", post_test, name="test-letter"),
    path("w/<slug:slug>/letters/<int:pk>/", show_letter, name="letter"),
    path("w/<slug:slug>/letters/<int:pk>/copy", post_copy, name="copy-letter"),
    path("w/<slug:slug>/letters/<int:pk>/delete", post_deletion, name="delete-letter"),
    path("w/<slug:slug>/letters/<int:pk>/up", post_move, {"way": "up"}, name="move-letter-up"),
    path("w/<slug:slug>/letters/<int:pk>/down", post_move, {"way": "down"}, name="move-letter-down"),
    path("w/<slug:slug>/letters/<int:pk>/send/", show_sending, name="send-letter"),
    path("w/<slug:slug>/letters/<int:pk>/recipients.csv", download_recipients, name="letter-recipients"),
    path("w/<slug:slug>/outbox/", show_outbox, name="outbox"),
    path("w/<slug:slug>/outbox/<int:pk>/", show_mailing, name="mailing"),
    path("w/<slug:slug>/outbox/<int:pk>/states.csv", download_states, name="mailing-states"),
    path("w/<slug:slug>/outbox/<int:pk>/pause", post_pause, name="pause-mailing"),
    path("w/<slug:slug>/outbox/<int:pk>/resume", post_resumption, name="resume-mailing"),
    path("w/<slug:slug>/outbox/<int:pk>/cancel", post_cancellation, name="cancel-mailing"),
    path("w/<slug:slug>/outbox/letters/<int:pk>/", show_sent_letter, name="sent-letter"),
    path("w/<slug:slug>/outbox/letters/<int:pk>/again", post_again, name="send-again"),
    path("w/<slug:slug>/outbox/letters/<int:pk>/sent", post_sent, name="mark-sent"),
    path("w/<slug:slug>/outbox/letters/<int:pk>/bounced", post_bounce, name="note-bounce"),
]
