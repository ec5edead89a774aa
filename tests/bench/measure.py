"""Runs a program with a file as its input and prints seconds of processor time and the bytes it held at most, as JSON."""

import json
import resource
import subprocess
import sys
import tempfile
import time


def peak(pid: int) -> int:
    """Bytes that a running program has held at most; 0 where it has ended.

    Not `ru_maxrss`: that counts what this script holds too, from before the program took its place (getrusage(2)).
    """
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


with open(sys.argv[1], "rb") as lines, tempfile.TemporaryFile() as answer:
    program = subprocess.Popen(sys.argv[2:], stdin=lines, stdout=answer, stderr=subprocess.DEVNULL)
    held = 0
    while program.poll() is None:
        held = max(held, peak(program.pid))
        time.sleep(0.001)
    answer.seek(0)
    count = sum(1 for _ in answer)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "bytes": held, "lines": count}))
