# SPDX-License-Identifier: Apache-2.0
"""Runs CPython's tests of concurrent.futures, a line for each, and ends with status 1 if one of them fails.

Arguments: patterns for the names of tests, such as *Wait* or FutureTests.test_cancel; without any, all are run.
"""

import collections
import faulthandler
import fnmatch
import os
import pathlib
import sys
import time
import tomllib
import unittest

import java

import environment

_Runtime = java.type("java.lang.Runtime")
_Watchdog = java.type("concurrent.futures.conformance.Watchdog")

EXECUTOR = os.environ["CONFORMANCE_EXECUTOR"]
EXCLUSIONS = pathlib.Path(os.environ["CONFORMANCE_EXCLUSIONS"])
JAVA_TESTS = pathlib.Path(os.environ["CONFORMANCE_JAVA_TESTS"])

# Why a test may be excluded, as the closing line says it.
KINDS = {
    "jvm": "cannot exist on the JVM",
    "workers": "about worker threads",
    "design": "different by design",
}


def name(test):
    return ".".join(test.id().split(".")[-2:])


def flat(tests):
    for test in tests:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


class Exclusion:
    def __init__(self, tests, kind, reason, java=None):
        self.tests, self.kind, self.reason, self.java = tests, kind, reason, java

    def matches(self, test):
        return fnmatch.fnmatchcase(name(test), self.tests)

    def problem(self, tests):
        """What is wrong with this entry, or None."""
        if self.kind not in KINDS:
            return f"unknown kind {self.kind}"
        if not any(self.matches(test) for test in tests):
            return "there is no such test"
        if self.kind == "design" and not self._has_java_test():
            return f"no Java test {self.java} for what was chosen instead"
        return None

    def _has_java_test(self):
        file, _, method = (self.java or "").partition("#")
        source = JAVA_TESTS / f"{file}.java"
        return method != "" and source.exists() and f" {method}(" in source.read_text()


def exclusions(tests):
    found = [Exclusion(**entry) for entry in tomllib.loads(EXCLUSIONS.read_text())["exclusion"]]
    for exclusion in found:
        if problem := exclusion.problem(tests):
            sys.exit(f"{EXCLUSIONS}: {exclusion.tests}: {problem}")
    return [exclusion for exclusion in found if EXECUTOR == "virtual" or exclusion.kind != "workers"]


class Result(unittest.TestResult):
    """Prints a line for each test. What differs by design is run as well, and has to fail."""

    def __init__(self, different):
        super().__init__()
        self._different = different
        self._watchdog = _Watchdog(faulthandler.dump_traceback)
        self._began = time.monotonic()
        self.counts = collections.Counter()

    def startTest(self, test):
        super().startTest(test)
        self._watchdog.watch(name(test))
        self._began = time.monotonic()

    def addSuccess(self, test):
        if test in self._different:
            self._line("FAILED", test, "passes, although it is listed as different by design")
        else:
            self._line("ok", test)

    def addFailure(self, test, error):
        if test in self._different:
            self._line("differs", test)
        else:
            self._line("FAILED", test, self._exc_info_to_string(error, test))

    def addError(self, test, error):
        self._line("FAILED", test, self._exc_info_to_string(error, test))

    def addSkip(self, test, reason):
        self._line("FAILED", test, f"skips itself: {reason}")

    def _line(self, outcome, test, details=""):
        self.counts[outcome] += 1
        print(f"{outcome:7} {time.monotonic() - self._began:5.1f} s  {name(test)}", flush=True)
        if details:
            print(details, flush=True)


def main(patterns):
    every = list(flat(unittest.defaultTestLoader.loadTestsFromModule(environment.load_suite())))
    reasons = {}
    for exclusion in exclusions(every):
        reasons.update((test, exclusion) for test in every if exclusion.matches(test))
    chosen = [test for test in every if any(fnmatch.fnmatchcase(name(test), pattern) for pattern in patterns)]
    run = [test for test in chosen if test not in reasons or reasons[test].kind == "design"]
    if not run:
        sys.exit(f"no test matches {' '.join(patterns)}")

    result = Result(different=set(reasons))
    unittest.TestSuite(run).run(result)
    summarize(result.counts, [reasons[test] for test in chosen if test in reasons])
    return 1 if result.counts["FAILED"] else 0


def summarize(counts, excluded):
    for exclusion, number in collections.Counter(excluded).items():
        tests = exclusion.tests if number == 1 else f"{exclusion.tests} ({number})"
        print(f"excluded: {tests}, {KINDS[exclusion.kind]}: {exclusion.reason}")
    kinds = collections.Counter(exclusion.kind for exclusion in excluded)
    closing = [f"{counts['ok']} passed", f"{counts['FAILED']} failed"]
    closing += [f"{number} {KINDS[kind]}" for kind, number in kinds.items()]
    print(f"{EXECUTOR}: {', '.join(closing)}")


_Runtime.getRuntime().halt(main(sys.argv[1:] or ["*"]))
