"""What the machine is, what is installed on it, and how much of it others used during a measurement."""

import os
import re
import resource
import subprocess
import xml.etree.ElementTree as xml
from pathlib import Path

from .paths import OUT, PEERS, ROOT, BenchFailure

TICKS = os.sysconf("SC_CLK_TCK")
POM = "{http://maven.apache.org/POM/4.0.0}"


def describe():
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = int(re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)[1])
    return {
        "cpu": cpu[1] if cpu else os.uname().machine,
        "cores": os.cpu_count(),
        "memoryGiB": round(memory / 1024 / 1024),
        "kernel": os.uname().release,
    }


def jdk():
    """The home of a JDK 25: from JAVA_HOME or JAVA25_HOME, else where Linux distributions put them."""
    named = [os.environ[name] for name in ("JAVA_HOME", "JAVA25_HOME") if os.environ.get(name)]
    for home in [*map(Path, named), *sorted(Path("/usr/lib/jvm").glob("*"))]:
        if java_version(home).startswith("25") and (home / "bin" / "javac").exists():
            return home
    raise BenchFailure("No JDK 25 found. Install one, or let JAVA25_HOME name it.")


def java_version(home):
    release = home / "release"
    found = re.search(r'^JAVA_RUNTIME_VERSION="(.+)"', release.read_text(), re.MULTILINE) if release.exists() else None
    return found[1] if found else ""


def pom(path="pom.xml"):
    return xml.parse(ROOT / path).getroot()


def boot_version(path):
    return pom(path).findtext(f"{POM}parent/{POM}version")


def pom_property(name):
    return pom().findtext(f"{POM}properties/{POM}{name}")


def versions(jar):
    """The versions of everything that was measured or measured with."""
    node = first_line("node", "--version").lstrip("v")
    fastify = re.findall(r'"(fastify|onnxruntime-node)": "([\d.]+)"', (PEERS / "fastify" / "package.json").read_text())
    found = {
        **own_versions(jar),
        "Node.js": node,
        **{{"fastify": "Fastify"}.get(name, name): version for name, version in fastify},
        "Python": first_line("python3", "--version").removeprefix("Python "),
        "wrk": first_line("wrk", "--version").split()[1],
    }
    netty = next((OUT / "java" / "lib").glob("netty-transport-[0-9]*.jar"), None)
    if netty:
        found["Netty"] = netty.stem.removeprefix("netty-transport-")
    names = {"fastapi": "FastAPI", "uvicorn": "uvicorn", "pydantic": "pydantic", "mlserver": "MLServer",
             "onnxruntime": "onnxruntime (Python)"}
    for peer in ("fastapi", "mlserver"):
        for name, version in re.findall(r"^([\w-]+)==(.+)$", (PEERS / peer / "requirements.txt").read_text(), re.MULTILINE):
            if name in names:
                found.setdefault(names[name], version)
    return found


def own_versions(jar):
    """The versions of what Evenkeel runs on. A jar that was handed in has its name for a version."""
    return {
        "Evenkeel": jar.name if jar else evenkeel_version(),
        "Spring Boot": boot_version("pom.xml"),
        "ONNX Runtime (Java)": pom_property("onnxruntime.version"),
        "JDK": java_version(jdk()),
    }


def evenkeel_version():
    version = pom().findtext(f"{POM}version")
    commit = first_line("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    changed = first_line("git", "-C", str(ROOT), "status", "--porcelain", "--", "src", "pom.xml", "models")
    return f"{version} (commit {commit}{', with changes' if changed else ''})"


def first_line(*command):
    """The first line a program prints, whatever its exit code (wrk's is 1 for --version); empty if there is no program."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except FileNotFoundError:
        return ""
    return (ended.stdout + ended.stderr).partition("\n")[0]


class ForeignCpu:
    """The share of the machine that went to other people's processes (or, under a hypervisor, to other machines).

    Interrupt time is left out: over loopback it is the kernel's work for the measurement itself.
    """

    def __init__(self, server_pid):
        self.group = server_pid
        self.start = self.read()

    def share(self):
        busy, total, own = (now - then for now, then in zip(self.read(), self.start))
        return max(0.0, round((busy - own) / total, 3))

    def read(self):
        user, nice, system, idle, wait, irq, softirq, steal = map(
            int, Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]
        )
        busy = user + nice + system + steal
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        own = sum(usage.ru_utime + usage.ru_stime for usage in used) * TICKS + group_ticks(self.group)
        return busy, busy + idle + wait + irq + softirq, own


def group_ticks(group):
    """CPU time of all processes of one process group: a server and its workers."""
    return sum(ticks for _, of, ticks in cpu_times(Path("/proc").glob("[0-9]*/stat")) if of == group)


def thread_ticks(process, names):
    """CPU time of those threads of a process whose names begin so."""
    return sum(ticks for name, _, ticks in cpu_times(Path(f"/proc/{process}/task").glob("*/stat")) if name.startswith(names))


def cpu_times(stats):
    """Name, process group and CPU time of each process or thread that is still there."""
    for stat in stats:
        try:
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = rest.split()
        yield name, int(fields[2]), int(fields[11]) + int(fields[12])
