"""Makes signed-in connections to OpenReview for an import."""

from collections.abc import Callable

from papers.openreview.client import Connection, Credentials


def make_connector(urls: dict[int, str], credentials: Credentials) -> Callable[[int], Connection]:
    """Return what makes a signed-in connection for an API generation; the session of the first serves the second.

    `urls` holds the address of each generation's API. OpenReview signs in at the v2 host, and one token
    works on both.
    """
    made: dict[int, Connection] = {}

    def connect(generation: int) -> Connection:
        if generation not in made:
            earlier = next(iter(made.values()), None)
            known = Credentials(credentials.username, credentials.password, earlier.token if earlier else credentials.token)
            connection = Connection(urls[generation], generation=generation, credentials=known, sign_in_url=urls[2])
            connection.sign_in()
            if earlier:
                connection.account, connection.request_count = earlier.account, earlier.request_count
            made[generation] = connection
        return made[generation]

    return connect
