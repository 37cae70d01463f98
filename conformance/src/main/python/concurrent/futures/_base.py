# SPDX-License-Identifier: Apache-2.0
"""Future, wait, as_completed and what all executors have in common."""

import collections
import contextlib
import functools
import re

from concurrent.futures import _java

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

PENDING = "PENDING"
RUNNING = "RUNNING"
CANCELLED = "CANCELLED"
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"
FINISHED = "FINISHED"

TimeoutError = TimeoutError  # CPython exports it under this name, too.


class CancelledError(Exception):
    pass


class InvalidStateError(Exception):
    pass


class BrokenExecutor(RuntimeError):
    pass


# Java's class and Python's. The most specific class comes first.
_ERRORS = [
    (_java.BrokenExecutorException, BrokenExecutor),
    (_java.RejectedExecutionException, RuntimeError),
    (_java.IllegalArgumentException, ValueError),
    (_java.CancellationException, CancelledError),
    (_java.TimeoutException, TimeoutError),
]


def _error(thrown):
    """The exception of Python for one of Java."""
    if isinstance(thrown, _java.Raised):
        return thrown.exception
    for thrown_class, error_class in _ERRORS:
        if isinstance(thrown, thrown_class):
            return error_class(thrown.getMessage())
    return thrown


class _PythonErrors:
    """A block in which exceptions of Java become those of Python. A generator would not do as a context manager, because
    GraalPy cannot throw an exception of Java into it."""

    def __enter__(self):
        pass

    def __exit__(self, exc_type, exc_val, exc_tb):
        if exc_val is not None and isinstance(exc_val, _java.Throwable):
            raise _error(exc_val) from None


def _limit(timeout):
    """The arguments that say how long to wait."""
    return () if timeout is None else (_java.Duration.ofNanos(round(timeout * 1_000_000_000)),)


class Future:
    """Wraps a Java future. Wrappers of the same future are equal."""

    def __init__(self):
        self._java = _java.Promise()

    @classmethod
    def _of(cls, wrapped):
        future = object.__new__(cls)
        future._java = wrapped
        return future

    def __eq__(self, other):
        return isinstance(other, Future) and self._java == other._java

    def __hash__(self):
        return hash(self._java)

    def __repr__(self):
        return self._text(self._java.toString())

    def _text(self, text):
        """What Java says of this future, in Python's form and with the names of Python's types."""

        def rewritten(match):
            address, state = match.groups()
            if state == "finished raised Raised":
                state = f"finished raised {type(self.exception()).__name__}"
            elif state == "finished returned Value":
                state = f"finished returned {type(self.result()).__name__}"
            return f"<Future at 0x{address} state={state}>"

        return re.sub(r"\w+@([0-9a-f]+)\[(.*)\]", rewritten, text)

    def cancel(self):
        return self._java.cancel()

    def cancelled(self):
        return self._java.isCancelled()

    def running(self):
        return self._java.isRunning()

    def done(self):
        return self._java.isDone()

    def result(self, timeout=None):
        with _PythonErrors():
            return self._java.result(*_limit(timeout))

    def exception(self, timeout=None):
        with _PythonErrors():
            thrown = self._java.exception(*_limit(timeout))
        return None if thrown is None else _error(thrown)

    def add_done_callback(self, fn):
        _java.Crossing.addDoneCallback(self._java, lambda future: fn(Future._of(future)))

    def set_running_or_notify_cancel(self):
        with _PythonErrors():
            return self._java.setRunningOrNotifyCancel()

    def set_result(self, result):
        self._complete(_java.Crossing.setResult, result)

    def set_exception(self, exception):
        self._complete(_java.Crossing.setException, exception)

    def _complete(self, crossing, outcome):
        try:
            crossing(self._java, outcome)
        except _java.InvalidStateException as invalid:
            raise InvalidStateError(self._text(invalid.getMessage())) from None

    # What follows are CPython's own fields, which its tests set and read. A test that makes a finished future sets the
    # state first and then both outcomes, of which the one that is not None counts.

    @property
    def _state(self):
        return self._java.status().name()

    @_state.setter
    def _state(self, state):
        if state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            self._java.cancel()
        if state in (RUNNING, CANCELLED_AND_NOTIFIED):
            self._java.setRunningOrNotifyCancel()
        self._finishing = state == FINISHED

    def _set_exception_field(self, exception):
        if self._finishing and exception is not None:
            self.set_exception(exception)

    def _set_result_field(self, result):
        if self._finishing and not self.done():
            self.set_result(result)

    _exception = property(fset=_set_exception_field)
    _result = property(fset=_set_result_field)

    @property
    def _condition(self):
        return _Unlocked()


class _Unlocked(contextlib.nullcontext):
    """The condition of a future that needs none: whoever completes it wakes up those who wait."""

    def notify_all(self):
        pass


DoneAndNotDoneFutures = collections.namedtuple("DoneAndNotDoneFutures", "done not_done")


_await = getattr(_java.Futures, "await")  # a keyword in Python


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    futures = [future._java for future in fs]
    with _PythonErrors():
        split = _await(futures, *_limit(timeout), _java.ReturnWhen.valueOf(return_when))
    return DoneAndNotDoneFutures(set(map(Future._of, split.done())), set(map(Future._of, split.notDone())))


def as_completed(fs, timeout=None):
    completed = _java.Futures.asCompleted([future._java for future in fs], *_limit(timeout))
    return _given_out(completed)


def _given_out(completed):
    """A generator, as in CPython, so that the first exception ends it."""
    with contextlib.closing(completed):
        yield from map(Future._of, _Results(completed.iterator(), completed))


class _Results:
    """An iterator over what Java gives out one by one."""

    def __init__(self, iterator, closeable):
        self._iterator = iterator
        self._closeable = closeable

    def __iter__(self):
        return self

    def __next__(self):
        try:
            if self._iterator.hasNext():
                return self._iterator.next()
        except _java.CompletionException as thrown:  # An iterator of Java may not throw what is checked.
            raise _error(thrown.getCause()) from None
        except _java.Throwable as thrown:
            raise _error(thrown) from None
        raise StopIteration

    def close(self):
        self._closeable.close()


class Executor:
    """Wraps a Java executor."""

    def __init__(self, wrapped):
        self._java = wrapped

    def submit(self, fn, /, *args, **kwargs):
        with _PythonErrors():
            return Future._of(_java.Crossing.submit(self._java, functools.partial(fn, *args, **kwargs)))

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        with _PythonErrors():
            options = _java.MapOptions.defaults().chunkSize(chunksize)
            for limit in _limit(timeout):
                options = options.timeout(limit)
            stream = _java.Crossing.map(self._java, lambda items: fn(*items), zip(*iterables), options)
        return _Results(stream.iterator(), stream)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._java.shutdown(cancel_futures)
        if wait:
            self._java.close()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()
        return False

    # CPython's own fields.

    @property
    def _max_workers(self):
        return self._java.maxWorkers()

    @property
    def _broken(self):
        return self._java.isBroken()
