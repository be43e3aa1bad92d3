"""Make `.venv` and install everything that requirements.lock pins.

`make setup` runs this file with whatever Python it finds, so it uses the standard library alone,
and an old Python must be able to read it far enough to say that it is too old. For the same reason
it is one file: nothing else of the course can be imported yet.
"""

from __future__ import print_function

import sys

# Python puts this file's folder on the path, where our own names would hide the library's
sys.path[:] = [p for p in sys.path if not p.endswith("tools")]

import argparse  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import platform  # noqa: E402
import re  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST, NEWEST = (3, 11), (3, 13)
NEEDED = 4e9  # bytes: 2.6 GB installed, the rest for downloads and pip's cache of them
WINDOWS = os.name == "nt"
INSTALL_PYTHON = (
    "Install Python 3.12 (Debian, Ubuntu: sudo apt install python3.12 python3.12-venv; "
    "macOS: brew install python@3.12; Windows: winget install Python.Python.3.12), "
    "then type: make setup PYTHON=python3.12"
)


class SetupError(Exception):
    """What is missing and what to type, in a sentence."""


def main(argv=None):
    """Set the course up; return 0 if it is ready and 1 if something is missing."""
    parser = argparse.ArgumentParser(description="Make .venv and install the course in it.")
    parser.add_argument("--fresh", action="store_true", help="remove .venv first")
    args = parser.parse_args(argv)
    try:
        if args.fresh:
            _remove(_venv())
        set_up(ROOT)
    except SetupError as error:
        print("setup: " + str(error), file=sys.stderr)
        return 1
    except (IOError, OSError) as error:
        print("setup: " + _explain_os_error(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: stopped. Type the same again to go on.", file=sys.stderr)
        return 130
    return 0


def set_up(root):
    """Bring `.venv` to the state that requirements.lock describes."""
    wanted = fingerprint(root)
    if is_ready(root, wanted):
        return
    check_machine()
    python = sound_venv(root)
    base = find_python() if python is None else None
    check_disk(root)
    if python is None:
        python = make_venv(root, base)
    print("Installing the packages of requirements.lock in .venv: 2.6 GB, 2 to 5 minutes.")
    install(root, python)
    write_stamp(root, wanted)
    print("Ready: " + _next_step())


# --- what is already there


def fingerprint(root):
    """Return a digest of the files that decide what gets installed."""
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml"):
        path = os.path.join(root, name)
        if not os.path.isfile(path):
            raise SetupError("%s is missing, so this copy of the course is not complete. Type: "
                             "git checkout -- %s (or clone the course again)." % (name, name))
        with open(path, "rb") as file:
            digest.update(file.read().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def is_ready(root, wanted):
    """Tell whether `.venv` holds all that was installed for this fingerprint, in this place."""
    try:
        with open(_stamp(root)) as file:
            stamp = json.load(file)
        return (stamp["fingerprint"] == wanted and stamp["root"] == root
                and os.path.isfile(venv_python(root))
                and set(stamp["packages"]) <= set(_packages(root)))
    except (IOError, OSError, ValueError, KeyError, TypeError):
        return False


def write_stamp(root, wanted):
    """Note what was installed, so that the next call can be quick."""
    with open(_stamp(root), "w") as file:
        json.dump({"fingerprint": wanted, "root": root, "packages": _packages(root)}, file)


def sound_venv(root):
    """Return the Python of a `.venv` that can be kept, else clear the way for a new one."""
    venv = _venv(root)
    if not os.path.lexists(venv):
        return None
    if not _looks_like_venv(venv):
        raise SetupError(".venv exists but is not a Python environment. Move it away: "
                         "mv .venv old.venv, then set up again.")
    python = venv_python(root)
    if _moved(root) or _runs(python, "import pip") is None or not _supported(_version(python)):
        print("The .venv here is broken or was made elsewhere. Making it again.")
        _remove(venv)
        return None
    return python


def _looks_like_venv(venv):
    if not os.path.isdir(venv):
        return False
    parts = {"pyvenv.cfg", "bin", "Scripts", "lib", "lib64", "Lib", "include", "Include"}
    names = os.listdir(venv)
    return "pyvenv.cfg" in names or set(names) <= parts


def _moved(root):
    """Tell whether the stamp names another place: scripts in a venv hold its full path."""
    try:
        with open(_stamp(root)) as file:
            return json.load(file).get("root", root) != root
    except (IOError, OSError, ValueError, AttributeError):
        return False


def _packages(root):
    """Return the folders of metadata in `.venv`, which carry names and versions."""
    lib = os.path.join(_venv(root), "Lib" if WINDOWS else "lib")
    folders = [lib] if WINDOWS else [os.path.join(lib, name) for name in sorted(os.listdir(lib))]
    return sorted(name for folder in folders
                  for name in os.listdir(os.path.join(folder, "site-packages"))
                  if name.endswith(".dist-info"))


# --- what the machine must have


def check_machine():
    """Refuse a Python that cannot run this file, and the Macs that TensorFlow has left behind."""
    if _here() < (3, 6):
        raise SetupError(_why_not_this_python())
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise SetupError("TensorFlow is no longer made for Macs with Intel processors. "
                         "Use the course on Binder (the badge in README.md) or on another machine.")


def check_disk(root):
    """Refuse to begin what will not fit."""
    free = _free_bytes(root)
    needed = max(NEEDED - _size(_venv(root)), 5e8)
    if free < needed:
        raise SetupError("the course needs %.1f GB free and the disk of %s has %.1f GB. Make room "
                         "(pip's cache goes with: python3 -m pip cache purge), or move the course "
                         "to another disk." % (needed / 1e9, root, free / 1e9))


def find_python():
    """Return a Python that is supported and can make a venv: this one, else one on PATH.

    Raises
    ------
    SetupError
        That says what is wrong with this one if no other will do.
    """
    if _supported(_here()) and _can_make_venv(sys.executable):
        return sys.executable
    for minor in (12, 13, 11):
        found = shutil.which("python3.%d" % minor)
        if found and _version(found) == (3, minor) and _can_make_venv(found):
            print("Using %s, as Python %d.%d will not do." % ((found,) + _here()))
            return found
    raise SetupError(_why_not_this_python())


def _why_not_this_python():
    version = _here()
    if version < OLDEST:
        return "Python %d.%d is too old; the course needs 3.11, 3.12 or 3.13. %s" % (
            version + (INSTALL_PYTHON,))
    if version > NEWEST:
        return ("Python %d.%d is too new for the course's packages; it needs 3.11, 3.12 or 3.13. "
                "%s" % (version + (INSTALL_PYTHON,)))
    package = "python3-venv"
    if os.path.basename(os.path.realpath("/usr/bin/python3")) != "python%d.%d" % version:
        package = "python%d.%d-venv" % version
    return ("Python %d.%d here cannot make virtual environments (its modules venv and ensurepip "
            "are not installed). Type: sudo apt install %s" % (version + (package,)))


def _here():
    return tuple(sys.version_info[:2])


def _supported(version):
    return version is not None and OLDEST <= version <= NEWEST


def _version(python):
    out = _runs(python, "import sys; print('%d %d' % sys.version_info[:2])")
    return tuple(int(part) for part in out.split()) if out else None


def _can_make_venv(python):
    # `import venv` is not enough: Debian ships venv without ensurepip
    return _runs(python, "import venv, ensurepip") is not None


def _runs(python, code):
    """Return what a line of code prints in a Python, or None if it fails."""
    try:
        out = subprocess.check_output([python, "-I", "-c", code], stderr=subprocess.STDOUT)
    except (OSError, subprocess.CalledProcessError):
        return None
    return out.decode("utf-8", "replace")


def _free_bytes(folder):
    return shutil.disk_usage(folder).free


def _size(folder):
    return sum(os.path.getsize(os.path.join(where, name))
               for where, _, names in os.walk(folder) for name in names
               if not os.path.islink(os.path.join(where, name)))


# --- making and filling the environment


def make_venv(root, python):
    """Make `.venv` with a Python and return the new environment's own."""
    print("Making .venv with Python %d.%d." % _version(python))
    code, output = _call([python, "-I", "-m", "venv", _venv(root)], os.environ)
    if code != 0:
        raise SetupError("Python could not make .venv. " + diagnose(output))
    return venv_python(root)


def install(root, python):
    """Install the lock's packages, then the course itself, then compile them all at once."""
    scratch = os.path.join(_venv(root), "scratch")
    _remove(scratch)
    os.makedirs(scratch)
    # On the same disk as .venv, so that one look at the free space covers both
    environ = dict(os.environ, TMPDIR=scratch, TEMP=scratch, TMP=scratch, PIP_USER="0",
                   PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    try:
        _install_all(root, python, environ, scratch)
    finally:
        _remove(scratch)
    compile_all(root, python)


def _install_all(root, python, environ, scratch):
    lock = os.path.join(root, "requirements.lock")
    builders = os.path.join(scratch, "builders.txt")
    with open(builders, "w") as file:
        file.write(_pins_of(lock, ("setuptools", "wheel")))
    # These two first: packages that come as source are built with them, not with any newer ones
    _pip(python, environ, root, ["--no-deps", "-r", builders])
    _pip(python, environ, root, ["--no-deps", "--no-build-isolation", "-r", lock],
         progress=_Counter(_locked(root)))
    _pip(python, environ, root, ["--no-deps", "--no-build-isolation", "-e", root])


def compile_all(root, python):
    """Compile every module on all cores; pip would do it on one. Failure costs only speed."""
    folder = os.path.dirname(_call([python, "-I", "-c", "import pip; print(pip.__path__[0])"],
                                   os.environ)[1].strip())
    _call([python, "-I", "-m", "compileall", "-q", "-j", "0", "-x", r"[\\/](tests?|testing)[\\/]",
           folder], os.environ)


def _pins_of(lock, names):
    """Return the entries of some packages from the lock file, hashes and all."""
    with open(lock) as file:
        text = file.read()
    return "".join(re.search(r"(?m)^%s==(.*\\\n)*.*\n" % name, text).group() for name in names)


def _pip(python, environ, root, words, progress=None):
    command = [python, "-I", "-m", "pip", "install", "--no-compile", "--progress-bar", "off"]
    code, output = _call(command + words, environ, progress)
    if code != 0:
        log = os.path.join(_venv(root), "setup.log")
        with open(log, "w") as file:
            file.write(output)
        raise SetupError("pip could not install the packages. %s (All of pip's words are in %s.)"
                         % (diagnose(output), log))


def _locked(root):
    with open(os.path.join(root, "requirements.lock")) as file:
        return sum(1 for line in file if re.match(r"[\w.-]+==", line))


class _Counter:
    """Show on one line which package pip has come to."""

    def __init__(self, total):
        self.total, self.seen = total, 0

    def __call__(self, line):
        match = re.match(r"Collecting ([\w.-]+)", line)
        if match:
            self.seen += 1
            self._show("%3d of %d: %s" % (self.seen, self.total, match.group(1)))
        elif line.startswith("Installing collected packages") and self.seen > 9:
            self._show("unpacking them, about two minutes\n")

    def _show(self, text):
        if sys.stdout.isatty():
            sys.stdout.write("\r\x1b[K  " + text)
        elif text.endswith("\n") or self.seen % 50 == 1:
            sys.stdout.write("  " + text.rstrip("\n") + "\n")
        sys.stdout.flush()


def _call(command, environ, progress=None):
    """Run a command; return its exit code and all that it printed."""
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    lines = []
    for raw in process.stdout:
        lines.append(raw.decode("utf-8", "replace"))
        if progress:
            progress(lines[-1])
    return process.wait(), "".join(lines)


# --- saying what went wrong

# What pip or the system prints, and what it means for the person who reads it. First match wins.
DIAGNOSES = (
    (r"No space left on device|Errno 28|disk full",
     "The disk is full: make room (4 GB are needed) and set up again."),
    (r"Permission denied|Errno 13|Read-only file system",
     "There is no permission to write here: copy the course to a folder of your own."),
    (r"DO NOT MATCH THE HASHES",
     "A downloaded file is not the one that requirements.lock names. Empty pip's cache "
     "(python3 -m pip cache purge) and set up again; if it stays, ask who runs your network."),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError",
     "The package index's certificate was not accepted. Behind a company's proxy, set PIP_CERT "
     "to its certificate file and set up again."),
    (r"Temporary failure in name resolution|Name or service not known|getaddrinfo failed|"
     r"nodename nor servname|NewConnectionError|Network is unreachable|Connection refused|"
     r"ConnectTimeout|Read timed out|ReadTimeoutError|ProxyError|ConnectionResetError|"
     r"Max retries exceeded",
     "The package index cannot be reached. Check the network (behind a proxy, set HTTPS_PROXY) "
     "and set up again; what has been downloaded is kept."),
    (r"No matching distribution found for ([^\s]+)",
     "The package index has no file of {0} for this machine and this Python. The course runs on "
     "64-bit Linux, Windows and macOS (Apple silicon) with CPython 3.11 to 3.13."),
    (r"ensurepip is not available|No module named ensurepip|No module named venv",
     "Type: sudo apt install python3-venv"),
)


def diagnose(output):
    """Return a sentence on what a failed command printed."""
    for pattern, sentence in DIAGNOSES:
        match = re.search(pattern, output)
        if match:
            return sentence.format(*match.groups())
    last = [line.strip() for line in output.splitlines() if line.strip()][-1:]
    return "Its last words: %s. To begin anew, type: %s" % (
        "".join(last) or "none", "make setup FRESH=1")


def _explain_os_error(error):
    where = getattr(error, "filename", None) or ROOT
    text = "%s: %s" % (where, getattr(error, "strerror", None) or error)
    known = [sentence for pattern, sentence in DIAGNOSES if re.search(pattern, str(error))]
    return text + ". " + (known[0] if known else "Mend this and set up again.")


# --- names and places


def venv_python(root):
    """Return where the Python of `.venv` is or will be."""
    return os.path.join(_venv(root), *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))


def _venv(root=ROOT):
    return os.path.join(root, ".venv")


def _stamp(root):
    return os.path.join(_venv(root), "plain-sight.json")


def _remove(folder):
    if os.path.islink(folder) or os.path.isfile(folder):
        os.remove(folder)
    elif os.path.isdir(folder):
        shutil.rmtree(folder)


def _next_step():
    if WINDOWS:
        return r".venv\Scripts\activate, then: course lab"
    return "make lab opens the first lesson, make test runs the tests."


if __name__ == "__main__":
    sys.exit(main())
