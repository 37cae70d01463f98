# SPDX-License-Identifier: Apache-2.0
"""ThreadPoolExecutor: a ThreadExecutor, or a VirtualThreadExecutor if the program says so."""

import functools
import itertools
import os

from concurrent.futures import _java
from concurrent.futures._base import BrokenExecutor, Executor, _PythonErrors

_EXECUTORS = {"thread": _java.ThreadExecutor, "virtual": _java.VirtualThreadExecutor}
_executor = _EXECUTORS[os.environ.get("CONFORMANCE_EXECUTOR", "thread")]
_numbers = itertools.count()


class BrokenThreadPool(BrokenExecutor):
    pass


class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        # Only the name of the class in the default differs from Java's own default.
        self._prefix = thread_name_prefix or f"ThreadPoolExecutor-{next(_numbers)}"
        with _PythonErrors():
            builder = _executor.builder().threadNamePrefix(self._prefix)
            if max_workers is not None:
                builder.maxWorkers(max_workers)
            if initializer is not None:
                builder.initializer(_java.Crossing.initializer(functools.partial(initializer, *initargs)))
            super().__init__(builder.build())

    # CPython's own field.

    @property
    def _threads(self):
        """The workers that are alive. Java does not list virtual threads."""
        threads = _java.Thread.getAllStackTraces().keySet()
        return {_Worker(thread) for thread in threads if thread.getName().startswith(self._prefix + "_")}


class _Worker:
    """Wraps a Java thread."""

    def __init__(self, wrapped):
        self._java = wrapped

    @property
    def name(self):
        return self._java.getName()

    def join(self):
        self._java.join()
