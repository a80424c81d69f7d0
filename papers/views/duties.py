"""Authors do what they owe besides files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from papers.access import reach_own_paper
from papers.attendance import choose_proceedings, confirm_attendance, name_presenter, withdraw_attendance
from papers.forms.authors import AuthorForm, PresenterForm, ProceedingsForm
from papers.requests import PageRequest
from papers.views.author import render_own_paper


@require_POST
def post_presenter(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Name who presents."""
    paper = reach_own_paper(request.user, slug, pk)
    form = PresenterForm(request.POST, paper=paper)
    if not form.is_valid():
        return render_own_paper(request, paper, presenter_form=form)
    presenter = name_presenter(paper, author=form.cleaned_data["author"], mode=form.cleaned_data["mode"], by=request.user)
    messages.success(request, f"{presenter.author.name} presents, {presenter.get_mode_display().lower()}.")
    return redirect("author-paper", slug, pk)


@require_POST
def post_attendance(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Say that an author comes."""
    paper = reach_own_paper(request.user, slug, pk)
    form = AuthorForm(request.POST, paper=paper)
    if not form.is_valid():
        return render_own_paper(request, paper, attendance_form=form)
    attendance = confirm_attendance(paper, author=form.cleaned_data["author"], by=request.user)
    messages.success(request, f"{attendance.author.name} comes.")
    return redirect("author-paper", slug, pk)


@require_POST
def post_withdrawn_attendance(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Say that an author does not come after all."""
    paper = reach_own_paper(request.user, slug, pk)
    form = AuthorForm(request.POST, paper=paper)
    if not form.is_valid():
        return render_own_paper(request, paper, attendance_form=form)
    withdraw_attendance(paper, author=form.cleaned_data["author"], by=request.user)
    messages.success(request, f"{form.cleaned_data['author'].name} does not come.")
    return redirect("author-paper", slug, pk)


@require_POST
def post_proceedings(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Choose whether the paper goes into the proceedings."""
    paper = reach_own_paper(request.user, slug, pk)
    form = ProceedingsForm(request.POST, paper=paper)
    if not form.is_valid():
        return render_own_paper(request, paper, proceedings_form=form)
    choose_proceedings(paper, is_in=form.cleaned_data["is_in"], by=request.user)
    messages.success(request, "Your choice about the proceedings is kept.")
    return redirect("author-paper", slug, pk)
