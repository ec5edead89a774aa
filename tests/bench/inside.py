"""The careful check by urllib, for `cargo xtask bench`: counts the URLs of standard input that lie below the base given."""

import sys
from urllib.parse import urlsplit

PORTS = {"https": 443, "http": 80}


def origin(parts):
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def lies_in(base, text):
    try:
        url = urlsplit(text)
        if url.username or url.password or url.query or url.fragment or origin(url) != origin(base):
            return False
    except ValueError:
        return False
    return url.path.startswith(base.path) and len([part for part in url.path[len(base.path) :].split("/") if part]) >= 2


base = urlsplit(sys.argv[1])
print(sum(lies_in(base, line.rstrip("\n")) for line in sys.stdin))
