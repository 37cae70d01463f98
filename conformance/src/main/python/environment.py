# SPDX-License-Identifier: Apache-2.0
"""What CPython's tests find in CPython, and not in another interpreter, apart from concurrent.futures."""

import faulthandler
import importlib.util
import logging
import os
import sys
import time
import weakref

import java

from concurrent.futures import Future, _java

_PythonLog = java.type("concurrent.futures.conformance.PythonLog")
_System = java.type("java.lang.System")
_WeakReference = java.type("java.lang.ref.WeakReference")


# Whether this runs in a program that a test has started.
inner = "-c" in sys.argv
watchdog = java.type("concurrent.futures.conformance.Watchdog")(inner, faulthandler.dump_traceback)


def prepare():
    """Connects the logs, and makes the folder of CPython's tests the package `test` if there is one."""
    _PythonLog.install(_log)
    folder = os.environ.get("CONFORMANCE_SUITE")
    if folder:
        spec = importlib.util.spec_from_file_location(
            "test", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
        )
        sys.modules["test"] = importlib.util.module_from_spec(spec)
        watchdog.watch("the program" if inner else "the import of the tests")
        _fit_support()


def _fit_support():
    """Fits what surrounds the tests to this interpreter."""
    sys.modules["_testcapi"] = None  # It would load native code, of which no test here makes use.

    from test import support
    from test.support import script_helper, threading_helper

    support.verbose = False
    support.gc_collect = _collect
    # One test is marked as being about CPython's reference counts. It is about references, so it is run.
    support.cpython_only = lambda test: test
    # These count Python's objects for threads, which stay until they are collected. The threads are Java's.
    threading_helper.threading_setup = lambda: ()
    threading_helper.threading_cleanup = lambda *before: None
    # Otherwise an interpreter would be started to find this out.
    vars(script_helper)["__cached_interp_requires_environment"] = False


def load_suite():
    """CPython's tests."""
    from test import test_concurrent_futures as suite

    suite.weakref = _Weakref
    return suite


def _collect():
    """Collects garbage. GraalPy's lists keep a removed last element in their spare room; writing there once lets it go."""
    for value in sys._getframe(1).f_locals.values():
        if type(value) is list:
            value.append(None)
            value.pop()
    # The thread that has just completed a future is still on its way out of it.
    time.sleep(0.02)
    _System.gc()


class _Weakref:
    """The module `weakref`, in which a reference to a future is one to the Java future. The wrapper would say nothing
    about who still keeps the future."""

    @staticmethod
    def ref(referent, callback=None):
        if isinstance(referent, Future):
            return _WeakReference(referent._java).get
        return weakref.ref(referent, callback)


def _log(entry):
    """Passes a message on to Python's logging. Java has nothing above "severe", so that becomes "critical"."""
    severe = entry.getLevel().getName() == "SEVERE"
    thrown = entry.getThrown()
    logging.getLogger(entry.getLoggerName()).log(
        logging.CRITICAL if severe else logging.WARNING,
        entry.getMessage(),
        exc_info=thrown.exception if isinstance(thrown, _java.Raised) else None,
    )
