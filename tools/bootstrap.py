"""Make `.venv` and install everything that requirements.lock pins.

`make setup` runs this file with whatever Python it finds, so it uses the standard library alone,
and an old Python must be able to read it far enough to say that it is too old.
"""

from __future__ import print_function

import argparse
import glob
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys

WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
OLDEST, NEWEST = (3, 11), (3, 13)
DISK_BYTES = 4e9  # 2.6 GB installed, the rest for downloads and pip's cache of them
# What of pip's configuration says where packages come from. Whatever else it holds might put them
# outside of .venv (target, prefix, root, python ...) or refuse a lock that is fine (require-hashes,
# constraint, only-binary ...), so a set-up does without.
PIP_KEEPS = ("index-url", "pypi-url", "extra-index-url", "find-links", "no-index", "trusted-host",
             "proxy", "cert", "client-cert", "keyring-provider", "timeout", "default-timeout",
             "retries", "resume-retries", "cache-dir", "no-cache-dir", "use-feature",
             "use-deprecated")
PIP_UNSAID = ("config-file", "user", "no-input", "progress-bar", "disable-pip-version-check",
              "no-color", "quiet", "verbose", "require-virtualenv", "no-deps", "no-compile")
INSTALL_PYTHON = (
    "Install Python 3.12 (Debian, Ubuntu: sudo apt install python3.12 python3.12-venv; "
    "macOS: brew install python@3.12; Windows: winget install Python.Python.3.12), "
    "then type: make setup PYTHON=python3.12"
)


class SetupError(Exception):
    """What is missing and what to type, in a sentence."""


def main(argv=None):
    """Set the course up and return the exit code.

    Parameters
    ----------
    argv : list of str, optional
        The words after the file's name; those of the process by default.

    Returns
    -------
    int
        0 if the course is ready, 1 if something is missing, 130 after Ctrl-C.
    """
    parser = argparse.ArgumentParser(description="Make .venv and install the course in it.")
    parser.add_argument("--fresh", action="store_true", help="remove .venv first")
    args = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # paths may hold what a terminal's encoding does not
            stream.reconfigure(errors="replace")
    try:
        if args.fresh:
            _remove(VENV)
        set_up()
    except KeyboardInterrupt:
        print("\nsetup: stopped. Type the same again to go on.", file=sys.stderr)
        return 130
    except SetupError as error:
        fault = str(error)
    except EnvironmentError as error:
        fault = "%s: %s. %s" % (error.filename or ROOT, error.strerror or error,
                                _diagnose(str(error), "Fix this and set up again."))
    else:
        return 0
    print("setup: " + fault, file=sys.stderr)
    return 1


def set_up():
    """Bring `.venv` to the state that requirements.lock describes."""
    digest = fingerprint()
    if _is_ready(digest):
        return
    check_machine()
    remove_if_broken()
    python = None if os.path.exists(VENV) else find_python()
    check_disk()
    if python:
        _make_venv(python)
    print("Installing the packages of requirements.lock in .venv: 2.6 GB, 2 to 5 minutes.")
    install()
    _write_stamp(digest)
    print("Ready: " + (r".venv\Scripts\activate, then: course lab" if WINDOWS else
                       "make lab opens the first lesson, make test runs the tests."))


# --- what is already there


def fingerprint():
    """Return a digest of the files that decide what gets installed."""
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml"):
        path = os.path.join(ROOT, name)
        if not os.path.isfile(path):
            raise SetupError("%s is missing, so this copy of the course is not complete. Type: "
                             "git checkout -- %s (or clone the course again)." % (name, name))
        with open(path, "rb") as file:
            digest.update(file.read().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _write_stamp(digest):
    """Note what was installed, and where, so that the next call can be quick."""
    with open(os.path.join(VENV, "plain-sight.json"), "w") as file:
        json.dump({"fingerprint": digest, "root": ROOT, "packages": _packages()}, file)


def _is_ready(digest):
    """Tell whether `.venv` holds all that was installed for this fingerprint, in this place."""
    stamp = _read_stamp()
    return (stamp.get("fingerprint") == digest and stamp.get("root") == ROOT
            and os.path.isfile(venv_python())
            and set(stamp.get("packages", ())) <= set(_packages()))


def _read_stamp():
    try:
        with open(os.path.join(VENV, "plain-sight.json")) as file:
            return dict(json.load(file))
    except (EnvironmentError, ValueError, TypeError):
        return {}


def _packages():
    """Return the folders of metadata in `.venv`, which carry names and versions."""
    pattern = os.path.join(VENV, "Lib" if WINDOWS else "lib/python*", "site-packages/*.dist-info")
    return sorted(os.path.basename(path) for path in glob.glob(pattern))


def remove_if_broken():
    """Remove a `.venv` that cannot be used; refuse to touch anything else of that name."""
    if not os.path.lexists(VENV):
        return
    # all that an interrupted `python -m venv` may have made
    parts = {"pyvenv.cfg", "bin", "Scripts", "lib", "lib64", "Lib", "include", "Include"}
    names = os.listdir(VENV) if os.path.isdir(VENV) else [".venv"]
    if "pyvenv.cfg" not in names and not parts.issuperset(names):
        raise SetupError(".venv exists but is not a Python environment. Move it away: "
                         "mv .venv old.venv, then set up again.")
    # scripts hold the full path of their environment, so one that was moved will not do
    if _read_stamp().get("root", ROOT) != ROOT or not _version(venv_python(), "pip"):
        print("The .venv here is broken or was made elsewhere. Making it again.")
        _remove(VENV)


# --- what the machine must have


def check_machine():
    """Refuse a Python that cannot run this file, and the Macs that TensorFlow has left behind."""
    if _here() < (3, 6):
        raise SetupError(_why_not_this_python())
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        raise SetupError("TensorFlow is no longer made for Macs with Intel processors. "
                         "Use the course on Binder (the badge in README.md) or on another machine.")


def check_disk():
    """Refuse to begin what will not fit; what an earlier try installed counts as done."""
    size = sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(VENV)
               for name in names if not os.path.islink(os.path.join(place, name)))
    minimum, free = max(DISK_BYTES - size, 5e8), shutil.disk_usage(ROOT).free
    if free < minimum:
        raise SetupError("the course needs %.1f GB free and the disk of %s has %.1f GB. Make room "
                         "(pip's cache goes with: python3 -m pip cache purge), or move the course "
                         "to another disk." % (minimum / 1e9, ROOT, free / 1e9))


def find_python():
    """Return a Python that is supported and can make a venv: this one, else one on PATH."""
    # `import venv` is not enough: Debian ships venv without ensurepip
    if _version(sys.executable, "venv, ensurepip"):
        return sys.executable
    for minor in (12, 13, 11):
        python = shutil.which("python3.%d" % minor)
        if python and _version(python, "venv, ensurepip"):
            print("Using %s, as Python %d.%d will not do." % ((python,) + _here()))
            return python
    raise SetupError(_why_not_this_python())


def _here():
    return tuple(sys.version_info[:2])


def _version(python, modules):
    """Return the version of a Python if it is supported and has these modules, else None."""
    code = "import sys, %s; print('%%d %%d' %% sys.version_info[:2])" % modules
    status, output = _call([python, "-I", "-c", code])
    version = tuple(int(part) for part in output.split()) if status == 0 else ()
    return version if OLDEST <= version <= NEWEST else None


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


# --- making and filling the environment


def _make_venv(python):
    """Make `.venv` with a Python."""
    print("Making .venv with Python %d.%d." % _version(python, "venv"))
    status, output = _call([python, "-I", "-m", "venv", VENV])
    if status != 0:
        raise SetupError("Python could not make .venv. " + _diagnose(output))


def install():
    """Install the lock's packages, then the course itself, then compile them all at once."""
    lock, scratch = os.path.join(ROOT, "requirements.lock"), os.path.join(VENV, "scratch")
    environ = _pip_environment(scratch)
    with open(lock, encoding="utf-8") as file:
        pins = re.findall(r"(?m)^[\w.-]+==(?:.*\\\n)*.*\n", file.read())
    builders = os.path.join(scratch, "builders.txt")
    _remove(scratch)
    os.makedirs(scratch)
    try:
        with open(builders, "w", encoding="utf-8") as file:
            file.writelines(pin for pin in pins if re.match("(setuptools|wheel)==", pin))
        # These two first: what comes as source is built with them, not with any newer ones
        _pip(environ, "-r", builders)
        _pip(environ, "--no-build-isolation", "-r", lock, total=len(pins))
        _pip(environ, "--no-build-isolation", "-e", ROOT)
    finally:
        _remove(scratch)
    if not any(name.startswith("plain_sight-") for name in _packages()):
        raise SetupError("pip says that it installed the packages, but they are not in .venv. Look "
                         "for what sends them elsewhere: python3 -m pip config debug, and "
                         "variables that begin with PIP_ or PYTHON.")
    # pip would compile on one core. Failure costs only speed.
    _call([venv_python(), "-I", "-m", "compileall", "-q", "-j", "0", "-x",
           r"[\\/](tests?|testing)[\\/]", os.path.join(VENV, "Lib" if WINDOWS else "lib")])


def _pip(environ, *words, **progress):
    status, output = _call([venv_python(), "-I", "-m", "pip", "install", "--no-deps",
                            "--no-compile", "--progress-bar", "off"] + list(words),
                           env=environ, **progress)
    if status != 0:
        log = os.path.join(VENV, "setup.log")
        with open(log, "w", encoding="utf-8") as file:
            file.write(output)
        raise SetupError("pip could not install the packages. %s (All of pip's words are in %s.)"
                         % (_diagnose(output), log))


def _pip_environment(scratch):
    """Return the variables that pip runs with; say what it is configured with and goes without."""
    environ = dict((name, value) for name, value in _without_python().items()
                   if not name.upper().startswith("PIP_"))
    left_out = []
    for name, (value, place) in sorted(pip_settings().items()):
        if name in PIP_KEEPS:
            environ["PIP_" + name.upper().replace("-", "_")] = value
        elif name not in PIP_UNSAID:
            left_out.append("%s (%s)" % (name, place))
    if left_out:
        print("So that all goes into .venv, this is left out of pip's settings: %s."
              % ", ".join(left_out))
    # scratch is on the same disk as .venv, so that one look at the free space covers both
    environ.update(PIP_CONFIG_FILE=os.devnull, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1",
                   TMPDIR=scratch, TEMP=scratch, TMP=scratch)
    return environ


def _without_python():
    """Return the variables without PYTHONPATH and the like, meant for some other Python."""
    return dict((name, value) for name, value in os.environ.items()
                if not name.upper().startswith("PYTHON"))


def pip_settings():
    """Return what `pip install` is configured with on this machine.

    Returns
    -------
    dict of str to (str, str)
        For each option, without its dashes, the value and the file or variable that it is from.
    """
    import configparser  # which Python 2 calls otherwise

    sections = {"global": {}, "install": {}, "variables": {}}
    for path in _pip_files():
        parser = configparser.RawConfigParser()
        with open(path, encoding="utf-8", errors="replace") as file:
            parser.read_file(file)
        for section in sections:
            for name, value in parser.items(section) if parser.has_section(section) else ():
                sections[section][_option(name)] = value, path
    for name, value in os.environ.items():
        if name.upper().startswith("PIP_"):
            sections["variables"][_option(name[4:])] = value, "the variable " + name
    settings = {}
    for section in ("global", "install", "variables"):  # as pip has it, the last one wins
        settings.update((name, found) for name, found in sections[section].items() if found[0])
    return settings


def _option(name):
    name = name.lower().replace("_", "-")
    return name[2:] if name.startswith("--") else name


def _pip_files():
    """Return the files that pip reads its configuration from, those that win last."""
    if os.environ.get("PIP_CONFIG_FILE") == os.devnull:
        return []
    environ = dict(_without_python(), PIP_QUIET="0", PIP_VERBOSE="0",
                   PIP_DISABLE_PIP_VERSION_CHECK="1")
    # named here, since the configuration may name another Python
    status, output = _call([venv_python(), "-I", "-m", "pip", "--python", venv_python(), "config",
                            "debug"], env=environ)
    if status != 0:
        raise SetupError("pip cannot read its configuration: %s. Fix what it names, or set up "
                         "without any: PIP_CONFIG_FILE=%s make setup"
                         % (" ".join(output.split())[-500:].rstrip("."), os.devnull))
    files, kind = {}, None
    for line in output.splitlines():
        match = re.match(r"(\w+):\s*$|  (\S.*), exists: True\s*$", line)
        if match and match.group(1):
            kind = match.group(1)
        elif match:
            files.setdefault(kind, []).append(match.group(2))
    return [path for kind in ("global", "user", "site", "env") for path in files.get(kind, ())]


def _call(command, total=None, env=None):
    """Run a command; return its exit code and all that it printed."""
    lines, count = [], 0
    try:
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
    except OSError as error:
        return 127, str(error)
    for raw in process.stdout:
        lines.append(raw.decode("utf-8", "replace"))
        if total and lines[-1].startswith("Collecting "):
            count += 1
            _show("%3d of %d: %s" % (count, total, lines[-1].split()[1]), count)
        elif lines[-1].startswith("Installing collected packages") and count > 9:
            _show("unpacking them, about two minutes\n")
    return process.wait(), "".join(lines)


def _show(text, number=1):
    """Show pip's progress on one line; where lines cannot be overwritten, one in fifty."""
    if sys.stdout.isatty():
        sys.stdout.write("\r\x1b[K  " + text)
    elif number % 50 == 1:
        print("  " + text.rstrip("\n"))
    sys.stdout.flush()


def venv_python():
    """Return where the Python of `.venv` is or will be."""
    return os.path.join(VENV, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))


def _remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


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


def _diagnose(output, otherwise=None):
    """Say what a failed command's output means: by default its last words."""
    for pattern, sentence in DIAGNOSES:
        match = re.search(pattern, output)
        if match:
            return sentence.format(*match.groups())
    return otherwise or _last_words(output) + " To begin anew, type: make setup FRESH=1"


def _last_words(output):
    """Quote the last line that names a fault, as the very last often says "See above"."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["none"]
    faults = [line for line in lines if re.match(r"(\w+: )?(?i:error)\b|\w+Error\b", line)]
    return "Its last words: %s." % (faults or lines)[-1].rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
