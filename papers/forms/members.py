"""What the people page asks for."""

from django import forms

from papers.models import Role


class InvitationForm(forms.Form):
    """Whom to invite as what."""

    email = forms.EmailField(label="Mail address", max_length=254)
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ORGANIZER)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Role.choices)
