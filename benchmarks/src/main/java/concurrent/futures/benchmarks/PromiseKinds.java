// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

/** The kinds of promises by their names. */
final class PromiseKinds {
    static final String COMPLETABLE = "CompletableFuture";
    static final String FUTURE_TASK = "FutureTask";

    private PromiseKinds() {}

    static PromiseKind of(String name) {
        return switch (name) {
            case Contestants.FUTURES -> new FuturesPromises();
            case COMPLETABLE -> new CompletablePromises();
            case Contestants.GUAVA -> new GuavaPromises();
            case Contestants.NETTY -> new NettyPromises();
            case Contestants.KOTLIN -> new KotlinPromises();
            case FUTURE_TASK -> new FutureTaskPromises();
            default -> throw new IllegalArgumentException("no such contestant: " + name);
        };
    }
}
