"""What the tests ask, asked by python-gitlab: one question as JSON on standard input, its answer on standard output."""

import json
import sys

import gitlab


def main():
    question = json.load(sys.stdin)
    secret = "oauth_token" if question["bearer"] else "private_token"
    server = gitlab.Gitlab(question["baseUrl"].rstrip("/"), **{secret: question["token"]})
    # It waits out a 429 unless told not to.
    once = {"obey_rate_limit": False}
    try:
        match question["about"]:
            case "token":
                answer = server.personal_access_tokens.get("self", **once).attributes
            case "project":
                answer = server.projects.get(question["path"], **once).attributes
            case "projects":
                wanted = {"membership": True, "simple": True, "order_by": "id", "sort": "asc", "per_page": 100}
                if question["search"]:
                    wanted |= {"search": question["search"], "search_namespaces": True}
                listed = server.projects.list(get_all=True, pagination="keyset", **wanted, **once)
                answer = [project.attributes for project in listed]
        result = {"answer": answer}
    except (gitlab.GitlabHttpError, gitlab.GitlabOperationError, gitlab.GitlabAuthenticationError) as error:
        if not error.response_code:
            raise
        result = {"status": error.response_code}
    json.dump(result, sys.stdout)


main()
