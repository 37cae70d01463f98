// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What must not be without a key, because members of a cluster run what they are sent. */
final class Security {
    private static final String ADVICE =
            "members of a cluster run whatever they are sent, so that an address which other"
                    + " machines can reach needs a key that drivers and workers share: key(byte[]), or --key-file"
                    + " on the command line";

    /** More threads than any machine has use for. */
    private static final int MOST_THREADS = 1 << 16;

    private Security() {}

    static int checkedThreads(int threads) {
        if (threads <= 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be greater than 0"
                    + (threads > 0 ? " and at most " + MOST_THREADS + ": " + threads : ""));
        }
        return threads;
    }

    /** An address as Hazelcast knows those of this machine; a pattern as it is. */
    static String numeric(String address) {
        try {
            return isPattern(address) ? address : InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            // Hazelcast is to say so.
            return address;
        }
    }

    static byte[] checkedKey(byte[] key) {
        if (key.length < Seal.LEAST_KEY) {
            throw new IllegalArgumentException("a key has at least " + Seal.LEAST_KEY + " bytes: " + key.length);
        }
        return key.clone();
    }

    /** Whether this is one that Hazelcast takes for several addresses, such as {@code 10.0.0.*} or {@code 10.0.0.1-9}. */
    static boolean isPattern(String address) {
        return address.contains("*") || address.matches("[0-9.]*-[0-9.-]*");
    }

    /** Refuses addresses that are not of this machine alone, unless there is a key. */
    static void check(Collection<String> addresses, byte @Nullable [] key) {
        if (key != null) {
            return;
        }
        for (String address : addresses) {
            if (!isLoopback(host(address))) {
                throw new IllegalArgumentException(address + " is not of this machine alone: " + ADVICE);
            }
        }
    }

    /** Refuses a network of which nobody knows here how far it goes, unless there is a key. */
    static void checkUnbounded(String what, byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalArgumentException(what + ": " + ADVICE);
        }
    }

    /** The part of HOST:PORT, HOST, [IPV6]:PORT or IPV6 that says where. */
    private static String host(String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? address : address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    private static boolean isLoopback(String host) {
        if (host.isEmpty()) {
            // The JDK takes it for this machine. What Hazelcast takes it for is not known here.
            return false;
        }
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) {
                if (!each.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
