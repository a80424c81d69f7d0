"""How gunicorn serves SyntaGen; it reads this file by itself when started in this folder."""

import os
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("SYNTAGEN_WEB_PROCESSES", "1"))
threads = int(os.environ.get("SYNTAGEN_WEB_THREADS", "8"))
timeout = 60
accesslog = None
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Start the jobs' threads in the process that serves, never in gunicorn's own."""
    from papers.worker import start_web_worker  # Django is set up only by now

    worker.job_worker = start_web_worker()


def worker_exit(server: Any, worker: Any) -> None:
    """Take no further job."""
    job_worker = getattr(worker, "job_worker", None)
    if job_worker:
        job_worker.stop()
