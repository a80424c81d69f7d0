"""The addresses of the papers app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
