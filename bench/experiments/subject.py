"""The server under test: Evenkeel with one of the models, with settings, and with what can be seen of it from outside."""

import json
import math
import re
import subprocess
import urllib.request
from pathlib import Path

from comparison import machine, servers
from comparison.paths import MODEL, BenchFailure

from . import made

MIB = 1024 * 1024


class Subject(servers.Evenkeel):
    """One started Evenkeel. A `with` block stops it."""

    # An open loop has to send when it is time to, whatever the server is at.
    own_session = True

    def __init__(self, bench, name, *, model=None, settings=(), heap_mib=None):
        """`model` is one of those the bench makes; without it the bundled default answers."""
        self.name = name
        self.title = f"Evenkeel ({name})"
        self.version_folder = made.version(model) if model else MODEL
        super().__init__(bench.jar)
        if model:
            settings = (f"--evenkeel.models.path={made.folder(model)}", *settings)
        self.settings = settings
        if heap_mib:
            # All there from the start: whatever the process grows by afterwards is native memory.
            self.jvm_arguments = (f"-Xms{heap_mib}m", f"-Xmx{heap_mib}m", "-XX:+AlwaysPreTouch")
        self.heap_mib = heap_mib
        self.golden = [json.loads(line) for line in (self.version_folder / "golden.jsonl").read_text().splitlines()]

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def body(self):
        return {"instance": self.golden[0]["instance"]}

    def check(self):
        """Compares one answer with the trainer's own."""
        answer = json.loads(self.await_answer())
        expected, got = self.golden[0]["prediction"], answer["prediction"]
        pairs = zip(numbers(expected), numbers(got), strict=True)
        tolerance = self.golden[0]["tolerance"]
        if not all(math.isclose(e, g, rel_tol=tolerance, abs_tol=tolerance) for e, g in pairs):
            raise BenchFailure(f"{self.title} predicts {got}, not {expected}")

    def batch_file(self, rows):
        """A file with a batch of the golden instances, over and over."""
        instances = [self.golden[index % len(self.golden)]["instance"] for index in range(rows)]
        file = self.folder / f"batch-{rows}.json"
        file.write_text(json.dumps({"instances": instances}))
        return file

    def cpu_seconds(self):
        return machine.group_ticks(self.process.pid) / machine.TICKS

    def memory(self):
        """MiB of live heap, right after a collection, and of native memory. Needs a fixed heap."""
        jcmd = str(machine.jdk() / "bin" / "jcmd")
        subprocess.run([jcmd, str(self.process.pid), "GC.run"], check=True, capture_output=True, timeout=60)
        used = self.actuator("metrics/jvm.memory.used?tag=area:heap")["measurements"][0]["value"]
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        resident = int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024
        return {"heapMiB": round(used / MIB, 1), "residentMiB": round(resident, 1),
                "nativeMiB": round(resident - self.heap_mib, 1)}

    def actuator(self, path):
        url = f"http://127.0.0.1:{self.management_port}/actuator/{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)

    def counter(self, name):
        """A counter's sum over its labels; 0 as long as nothing was counted."""
        url = f"http://127.0.0.1:{self.management_port}/actuator/prometheus"
        with urllib.request.urlopen(url, timeout=10) as answer:
            text = answer.read().decode()
        return sum(map(float, re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", text, re.MULTILINE)))


def numbers(prediction):
    """A prediction's numbers, in a fixed order."""
    return [prediction["value"]] if "value" in prediction else list(prediction["probabilities"].values())
