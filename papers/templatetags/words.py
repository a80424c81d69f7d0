"""Words that templates use for dates and figures."""

from django import template

register = template.Library()
