"""The addresses of handling: who looks after what, conflicts of interest, recommendations, remarks."""

from django.urls import path

from papers.views.discussion import (
    post_read,
    post_recommendation,
    post_remark,
    post_withdrawn_recommendation,
    post_withdrawn_remark,
    show_remark,
)
from papers.views.handling import post_assignment, post_conflicted_end, post_unassignment, show_handling, show_waiting
from papers.views.handling_many import apply_assignment, apply_balance, show_assignment, show_balance
from papers.views.interests import (
    post_declaration,
    post_reopening,
    post_search,
    show_declarations,
    show_dismissal,
    show_interests,
    show_member_interests,
    show_my_interests,
)

urlpatterns = [
    path("w/<slug:slug>/handling/", show_handling, name="handling"),
    path("w/<slug:slug>/handling/waiting/", show_waiting, name="waiting"),
    path("w/<slug:slug>/handling/assign/", show_assignment, name="assign-many"),
    path("w/<slug:slug>/handling/assign/apply", apply_assignment, name="apply-assignment"),
    path("w/<slug:slug>/handling/balance/", show_balance, name="balance-handling"),
    path("w/<slug:slug>/handling/balance/apply", apply_balance, name="apply-balance"),
    path("w/<slug:slug>/handling/end-conflicted", post_conflicted_end, name="end-conflicted-handling"),
    path("w/<slug:slug>/papers/<int:pk>/handlers", post_assignment, name="assign-paper"),
    path("w/<slug:slug>/papers/<int:pk>/handlers/<int:member>/remove", post_unassignment, name="unassign-paper"),
    path("w/<slug:slug>/papers/<int:pk>/recommend", post_recommendation, name="recommend"),
    path("w/<slug:slug>/papers/<int:pk>/recommend/withdraw", post_withdrawn_recommendation, name="withdraw-recommendation"),
    path("w/<slug:slug>/papers/<int:pk>/remarks", post_remark, name="add-remark"),
    path("w/<slug:slug>/papers/<int:pk>/read", post_read, name="mark-read"),
    path("w/<slug:slug>/papers/<int:pk>/interest", post_declaration, name="declare-interest"),
    path("w/<slug:slug>/remarks/<int:pk>/", show_remark, name="change-remark"),
    path("w/<slug:slug>/remarks/<int:pk>/withdraw", post_withdrawn_remark, name="withdraw-remark"),
    path("w/<slug:slug>/interests/", show_interests, name="interest-list"),
    path("w/<slug:slug>/interests/find", post_search, name="find-interests"),
    path("w/<slug:slug>/interests/declare/", show_declarations, name="declare-interests"),
    path("w/<slug:slug>/interests/mine/", show_my_interests, name="my-interests"),
    path("w/<slug:slug>/interests/members/<int:pk>/", show_member_interests, name="member-interests"),
    path("w/<slug:slug>/interests/<int:pk>/dismiss/", show_dismissal, name="dismiss-interest"),
    path("w/<slug:slug>/interests/<int:pk>/reopen", post_reopening, name="reopen-interest"),
]
