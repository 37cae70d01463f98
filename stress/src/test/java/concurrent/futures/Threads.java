// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** Threads of a test that start together. */
final class Threads {
    private Threads() {}

    /** What a thread does. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    /** Runs the first body on this thread and each other one on a thread of its own, until all have ended. */
    static void together(Body first, Body... others) throws Exception {
        Thread[] threads = new Thread[others.length];
        for (int i = 0; i < others.length; i++) {
            Body body = others[i];
            threads[i] = new Thread(() -> run(body));
            threads[i].start();
        }
        first.run();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What a thread throws fails the test. */
    private static void run(Body body) {
        try {
            body.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
