# SPDX-License-Identifier: Apache-2.0
"""ThreadPoolExecutor: a ThreadExecutor, or a VirtualThreadExecutor if the program says so."""

import functools
import os
import time

from concurrent.futures import _java
from concurrent.futures._base import BrokenExecutor, Executor, _PythonErrors

_EXECUTORS = {"thread": _java.ThreadExecutor, "virtual": _java.VirtualThreadExecutor}
_executor = _EXECUTORS[os.environ.get("CONFORMANCE_EXECUTOR", "thread")]


class BrokenThreadPool(BrokenExecutor):
    pass


class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        with _PythonErrors():
            builder = _executor.builder()
            if thread_name_prefix:
                builder.threadNamePrefix(thread_name_prefix)
            if max_workers is not None:
                builder.maxWorkers(max_workers)
            if initializer is not None:
                builder.initializer(_java.Crossing.initializer(functools.partial(initializer, *initargs)))
            super().__init__(builder.build())

    # CPython's own field.

    @property
    def _threads(self):
        """The workers that are alive. Java does not list virtual threads."""
        if _executor is _java.VirtualThreadExecutor:
            return set()
        prefix = self._java.toString().partition("[")[0] + "_"
        # A worker is counted a moment before its thread is there. Names that are wrong would never match the count.
        for _ in range(1000):
            threads = _java.Thread.getAllStackTraces().keySet()
            workers = {_Worker(thread) for thread in threads if thread.getName().startswith(prefix)}
            if len(workers) == _java.Crossing.liveWorkers(self._java):
                return workers
            time.sleep(0.005)
        raise AssertionError(f"the executor counts other workers than the {len(workers)} threads called {prefix}…")


class _Worker:
    """Wraps a Java thread."""

    def __init__(self, wrapped):
        self._java = wrapped

    @property
    def name(self):
        """The name, in which the default has Python's name of the class."""
        return self._java.getName().replace("ThreadExecutor-", "ThreadPoolExecutor-")

    def join(self):
        self._java.join()
