// SPDX-License-Identifier: Apache-2.0
/**
 * Futures, and the executors that complete them, after Python's {@code concurrent.futures}.
 *
 * <p>There are two nouns and two verbs. A {@link concurrent.futures.FutureExecutor} is a place to run calls: on a pool
 * of threads ({@link concurrent.futures.ThreadExecutor}), on virtual threads ({@link
 * concurrent.futures.VirtualThreadExecutor}), or on whatever somebody else provides ({@link
 * concurrent.futures.AbstractFutureExecutor}). A {@link concurrent.futures.Future} is the result of one call. {@link
 * concurrent.futures.Futures#await} waits for many, and {@link concurrent.futures.Futures#asCompleted} gives them out
 * as they are completed.
 *
 * {@snippet file="concurrent/futures/snippets/PackageSnippets.java" region="package"}
 *
 * <h2>Memory consistency</h2>
 *
 * <p>In the terms of {@code java.util.concurrent}: actions in a thread before it submits a call <i>happen-before</i>
 * the call is run. Actions of the call <i>happen-before</i> any action that follows on seeing its future done, whether
 * by one of the methods that wait, by {@link concurrent.futures.Future#isDone()} and the other queries, by a callback,
 * or because {@link concurrent.futures.Futures} or a {@code map} gave the future or its result out. Likewise, actions
 * before a {@link concurrent.futures.Promise} is completed <i>happen-before</i> those that follow on seeing it done. A
 * future that is cancelled while its task runs is an exception: it says nothing about how far the task has come.
 *
 * <h2>Nullness</h2>
 *
 * <p>Nothing is null unless it is said to be. A null argument is refused with a {@link NullPointerException} that names
 * it. The type of a result may include null.
 */
package concurrent.futures;
