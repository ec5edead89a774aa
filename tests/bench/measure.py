"""Runs a program with a file as its input and prints seconds of processor time and the bytes it held at most, as JSON."""

import json
import resource
import subprocess
import sys

with open(sys.argv[1], "rb") as lines:
    answer = subprocess.run(sys.argv[2:], stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "bytes": used.ru_maxrss * 1024, "lines": len(answer.stdout.splitlines())}))
