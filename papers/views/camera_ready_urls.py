"""The addresses of camera-ready files."""

from django.urls import path

from papers.views.camera_ready import (
    post_approval,
    post_extension,
    post_override,
    post_recheck,
    post_removed_requirement,
    post_return,
    show_paper_files,
    show_requirement,
    show_requirements,
)
from papers.views.downloads import send_crop, send_file
from papers.views.file_archives import send_board_files
from papers.views.files import post_file, post_link, post_rehearsal, post_withdrawal, show_own_files
from papers.views.readiness import export_board, post_clean_approval, show_board
from papers.views.uploads import post_finish, post_start, put_chunk

camera_ready_urls = [
    path("w/<slug:slug>/me/papers/<int:pk>/files/", show_own_files, name="author-files"),
    path("w/<slug:slug>/papers/<int:pk>/files/<slug:kind>/hand-in", post_file, name="hand-in-file"),
    path("w/<slug:slug>/papers/<int:pk>/files/<slug:kind>/link", post_link, name="hand-in-link"),
    path("w/<slug:slug>/papers/<int:pk>/files/<slug:kind>/rehearse", post_rehearsal, name="rehearse-file"),
    path("w/<slug:slug>/papers/<int:pk>/files/<slug:kind>/start", post_start, name="start-upload"),
    path("w/<slug:slug>/papers/<int:pk>/files/<slug:kind>/extend", post_extension, name="extend-deadline"),
    path("w/<slug:slug>/uploads/<str:token>/", put_chunk, name="upload"),
    path("w/<slug:slug>/uploads/<str:token>/finish", post_finish, name="finish-upload"),
    path("w/<slug:slug>/files/<int:pk>/", send_file, name="download-file"),
    path("w/<slug:slug>/files/<int:pk>/withdraw", post_withdrawal, name="withdraw-file"),
    path("w/<slug:slug>/files/<int:pk>/approve", post_approval, name="approve-file"),
    path("w/<slug:slug>/files/<int:pk>/return", post_return, name="return-file"),
    path("w/<slug:slug>/files/<int:pk>/recheck", post_recheck, name="recheck-file"),
    path("w/<slug:slug>/findings/<int:pk>/crop.png", send_crop, name="finding-crop"),
    path("w/<slug:slug>/findings/<int:pk>/override", post_override, name="override-finding"),
    path("w/<slug:slug>/camera-ready/", show_board, name="camera-ready"),
    path("w/<slug:slug>/camera-ready/export", export_board, name="export-board"),
    path("w/<slug:slug>/camera-ready/approve-clean", post_clean_approval, name="approve-clean-files"),
    path("w/<slug:slug>/camera-ready/files.zip", send_board_files, name="board-files"),
    path("w/<slug:slug>/camera-ready/rules/", show_requirements, name="required-files"),
    path("w/<slug:slug>/camera-ready/rules/<int:pk>/", show_requirement, name="required-file"),
    path("w/<slug:slug>/camera-ready/rules/<int:pk>/remove", post_removed_requirement, name="remove-required-file"),
    path("w/<slug:slug>/camera-ready/<int:pk>/", show_paper_files, name="paper-files"),
]
