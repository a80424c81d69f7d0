"""The addresses of the solver."""

from django.urls import path

from program.views.filling import post_fill, post_holding, post_relaxing, post_rules, post_stop, post_taking, show_solver

urlpatterns = [
    path("w/<slug:slug>/schedule/solver/", show_solver, name="solver"),
    path("w/<slug:slug>/schedule/solver/begin", post_fill, name="begin-fill"),
    path("w/<slug:slug>/schedule/solver/rules", post_rules, name="solver-rules"),
    path("w/<slug:slug>/schedule/solver/relax", post_relaxing, name="relax-rule"),
    path("w/<slug:slug>/schedule/solver/hold", post_holding, name="hold-rule"),
    path("w/<slug:slug>/schedule/solver/<int:pk>/stop", post_stop, name="stop-fill"),
    path("w/<slug:slug>/schedule/solver/<int:pk>/take", post_taking, name="take-fill"),
]
