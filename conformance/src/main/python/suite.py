# SPDX-License-Identifier: Apache-2.0
"""Runs CPython's tests of concurrent.futures, a line for each, and ends with status 1 if one of them fails.

Arguments: patterns for the names of tests, such as *Wait* or FutureTests.test_cancel; without any, all are run.
"""

import collections
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

EXECUTOR = os.environ.get("CONFORMANCE_EXECUTOR", "thread")
MODULE = pathlib.Path(__file__).resolve().parents[3]
EXCLUSIONS = MODULE / "exclusions.toml"
JAVA_TESTS = MODULE.parent / "core/src/test/java/concurrent/futures"

# The kinds of exclusions, which the file of exclusions explains, as the closing line calls them.
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
    def __init__(self, pattern, kind, reason, on=None, java=None, fails_with=None):
        self.pattern, self.kind, self.reason, self.on = pattern, kind, reason, on
        self.java, self.fails_with = java, fails_with

    def matches(self, test):
        return fnmatch.fnmatchcase(name(test), self.pattern)

    def problem(self, tests):
        """What is wrong with this entry, or None."""
        if self.kind not in KINDS:
            return f"unknown kind {self.kind}"
        if not any(self.matches(test) for test in tests):
            return "there is no such test"
        if self.kind == "workers" and self.on != "virtual":
            return "threads are worker threads"
        if self.kind == "design" and not self.fails_with:
            return "how it fails is missing"
        if self.kind == "design" and not self._has_java_test():
            return f"no Java test {self.java} for what was chosen instead"
        return None

    def _has_java_test(self):
        file, _, method = (self.java or "").partition("#")
        source = JAVA_TESTS / f"{file}.java"
        return method != "" and source.exists() and f" {method}(" in source.read_text()


def excluded(tests):
    """The exclusion of each test that has one."""
    found = {}
    for entry in tomllib.loads(EXCLUSIONS.read_text())["exclusion"]:
        exclusion = Exclusion(**entry)
        if problem := exclusion.problem(tests):
            raise ValueError(f"{EXCLUSIONS}: {exclusion.pattern}: {problem}")
        if exclusion.on in (None, EXECUTOR):
            found.update((test, exclusion) for test in tests if exclusion.matches(test))
    return found


class Result(unittest.TestResult):
    """Prints a line for each test. Those that differ by design have to fail, each with its own words."""

    def __init__(self, different):
        super().__init__()
        self._different = different
        self._began = time.monotonic()
        self.outcomes = collections.Counter()

    def startTest(self, test):
        super().startTest(test)
        environment.watchdog.watch(name(test))
        self._began = time.monotonic()

    def addSuccess(self, test):
        if test in self._different:
            self._line("FAILED", test, "passes, although it is listed as different by design")
        else:
            self._line("ok", test)

    def addFailure(self, test, error):
        if test in self._different and self._different[test] in str(error[1]):
            self._line("differs", test)
        else:
            self._line("FAILED", test, self._exc_info_to_string(error, test))

    def addError(self, test, error):
        self._line("FAILED", test, self._exc_info_to_string(error, test))

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addError(subtest, error)

    def addSkip(self, test, reason):
        self._line("FAILED", test, f"skips itself: {reason}")

    def addUnexpectedSuccess(self, test):
        self._line("FAILED", test, "passes, although CPython expects it to fail")

    def _line(self, outcome, test, details=""):
        self.outcomes[outcome] += 1
        print(f"{outcome:7} {time.monotonic() - self._began:5.1f} s  {name(test)}", flush=True)
        if details:
            print(details, flush=True)


def main(patterns):
    tests = list(flat(unittest.defaultTestLoader.loadTestsFromModule(environment.load_suite())))
    exclusions = excluded(tests)
    for pattern in patterns:
        if not any(fnmatch.fnmatchcase(name(test), pattern) for test in tests):
            raise ValueError(f"no test matches {pattern}")

    chosen = [test for test in tests if any(fnmatch.fnmatchcase(name(test), pattern) for pattern in patterns)]
    different = {test: exclusions[test].fails_with for test in exclusions if exclusions[test].kind == "design"}
    run = [test for test in chosen if test not in exclusions or test in different]
    result = Result(different)
    unittest.TestSuite(run).run(result)
    summarize(result.outcomes, [exclusions[test] for test in chosen if test in exclusions])
    return 1 if result.outcomes["FAILED"] or result.outcomes.total() != len(run) else 0


def summarize(outcomes, exclusions):
    for exclusion, number in collections.Counter(exclusions).items():
        which = exclusion.pattern if number == 1 else f"{exclusion.pattern} ({number})"
        print(f"excluded: {which}, {KINDS[exclusion.kind]}: {exclusion.reason}")
    kinds = collections.Counter(KINDS[exclusion.kind] for exclusion in exclusions if exclusion.kind != "design")
    kinds[KINDS["design"]] = outcomes["differs"]
    closing = [f"{outcomes['ok']} passed", f"{outcomes['FAILED']} failed"]
    closing += [f"{number} {kind}" for kind, number in kinds.items()]
    print(f"{EXECUTOR}: {', '.join(closing)}", flush=True)


# Threads that a test has left behind do not keep the program from ending.
_Runtime.getRuntime().halt(main(sys.argv[1:] or ["*"]))
