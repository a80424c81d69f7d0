"""The addresses of people: the organizers' pages, the page of one's own, photos for everybody."""

from django.urls import path, re_path

from program.views.people import (
    post_confirmation,
    post_dismissal,
    post_new_person,
    post_part,
    post_part_removal,
    post_person,
    post_removal,
    post_taking_over,
    show_people,
    show_person,
)
from program.views.people_files import send_own_photo, send_own_slides, send_person_photo, send_person_slides, send_public_photo
from program.views.people_mails import post_revocation, post_settings, send_mails
from program.views.people_tables import post_table, show_table
from program.views.person_page import (
    post_acceptance,
    post_decline,
    post_photo,
    post_profile,
    post_slides,
    post_times,
    show_link,
    show_own_page,
)

urlpatterns = [
    path("w/<slug:slug>/people/", show_people, name="people"),
    path("w/<slug:slug>/people/add", post_new_person, name="add-person"),
    path("w/<slug:slug>/people/invite", send_mails, name="invite-people"),
    path("w/<slug:slug>/people/mails", post_settings, name="people-mails"),
    path("w/<slug:slug>/people/table", show_table, name="people-table"),
    path("w/<slug:slug>/people/table/apply", post_table, name="apply-people-table"),
    path("w/<slug:slug>/people/<int:pk>/", show_person, name="person"),
    path("w/<slug:slug>/people/<int:pk>/edit", post_person, name="edit-person"),
    path("w/<slug:slug>/people/<int:pk>/remove", post_removal, name="remove-person"),
    path("w/<slug:slug>/people/<int:pk>/part", post_part, name="add-part"),
    path("w/<slug:slug>/people/<int:pk>/confirm", post_confirmation, name="confirm-person"),
    path("w/<slug:slug>/people/<int:pk>/revoke", post_revocation, name="revoke-person"),
    path("w/<slug:slug>/people/<int:pk>/take-over", post_taking_over, name="take-over-person"),
    path("w/<slug:slug>/people/<int:pk>/dismiss", post_dismissal, name="dismiss-person"),
    re_path(r"^w/(?P<slug>[-\w]+)/people/(?P<pk>[0-9]{1,15})/photo/(?P<which>printed|proposed)$", send_person_photo, name="person-photo"),
    path("w/<slug:slug>/people/<int:pk>/slides", send_person_slides, name="person-slides"),
    path("w/<slug:slug>/parts/<int:pk>/remove", post_part_removal, name="remove-part"),
    path("p/<slug:slug>/people/<int:pk>/photo", send_public_photo, name="public-photo"),
    path("people/page/<int:pk>/", show_own_page, name="own-person"),
    path("people/page/<int:pk>/accept", post_acceptance, name="accept-own-person"),
    path("people/page/<int:pk>/decline", post_decline, name="decline-own-person"),
    path("people/page/<int:pk>/words", post_profile, name="write-own-person"),
    path("people/page/<int:pk>/times", post_times, name="times-own-person"),
    path("people/page/<int:pk>/photo", post_photo, name="photo-own-person"),
    path("people/page/<int:pk>/photo/see", send_own_photo, name="own-person-photo"),
    path("people/page/<int:pk>/slides", post_slides, name="slides-own-person"),
    path("people/page/<int:pk>/slides/see", send_own_slides, name="own-person-slides"),
    path("people/<str:token>/", show_link, name="person-link"),
]
