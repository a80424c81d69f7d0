"""The addresses of the program app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
