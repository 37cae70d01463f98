# SPDX-License-Identifier: Apache-2.0
"""The names of the Java classes behind this package."""

import java

CancellationException = java.type("java.util.concurrent.CancellationException")
CompletionException = java.type("java.util.concurrent.CompletionException")
Duration = java.type("java.time.Duration")
IllegalArgumentException = java.type("java.lang.IllegalArgumentException")
RejectedExecutionException = java.type("java.util.concurrent.RejectedExecutionException")
Thread = java.type("java.lang.Thread")
Throwable = java.type("java.lang.Throwable")
TimeoutException = java.type("java.util.concurrent.TimeoutException")

BrokenExecutorException = java.type("concurrent.futures.BrokenExecutorException")
Futures = java.type("concurrent.futures.Futures")
InvalidStateException = java.type("concurrent.futures.InvalidStateException")
MapOptions = java.type("concurrent.futures.MapOptions")
Promise = java.type("concurrent.futures.Promise")
ReturnWhen = java.type("concurrent.futures.ReturnWhen")
ThreadExecutor = java.type("concurrent.futures.ThreadExecutor")
VirtualThreadExecutor = java.type("concurrent.futures.VirtualThreadExecutor")

Crossing = java.type("concurrent.futures.conformance.Crossing")
Raised = java.type("concurrent.futures.conformance.Raised")
