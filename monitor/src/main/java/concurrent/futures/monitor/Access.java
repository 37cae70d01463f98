// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the page. The address that is told to the user has a token, which the browser then keeps in a cookie that
 * no script can read and that is not sent along from other sites. What changes something needs a second token, which only
 * a page that may be seen gets to know, in a header that other sites cannot set.
 */
final class Access {
    private static final int TOKEN_BYTES = 24;
    private static final String TOKEN_PARAMETER = "token=";
    static final String ACTION_HEADER = "X-Monitor-Token";

    private final String token = newToken();
    private final String actionToken = newToken();
    private final Set<String> hosts;
    private final String cookie;

    /** Access to a server on this port of this machine, whatever it is called there. */
    Access(int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        cookie = "futures-monitor-" + port + "="; // cookies do not tell ports apart
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String token() {
        return token;
    }

    String actionToken() {
        return actionToken;
    }

    /** A cookie that lets the browser in. */
    String cookie() {
        return cookie + token + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** Whether the request is meant for this machine. A name of somebody else that leads here is not. */
    boolean isForThisMachine(HttpExchange exchange) {
        List<String> named = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return named.size() == 1 && hosts.contains(named.getFirst());
    }

    /** Whether the address has the token. */
    boolean hasTokenInAddress(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query != null && query.startsWith(TOKEN_PARAMETER) && isToken(query.substring(TOKEN_PARAMETER.length()));
    }

    boolean hasCookie(HttpExchange exchange) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String each : header.split(";", -1)) {
                String trimmed = each.trim();
                if (trimmed.startsWith(cookie) && isToken(trimmed.substring(cookie.length()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a request that changes something comes from the page itself. */
    boolean mayAct(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        boolean own = origin == null || (origin.startsWith("http://") && hosts.contains(origin.substring(7)));
        return own && same(actionToken, exchange.getRequestHeaders().getFirst(ACTION_HEADER));
    }

    private boolean isToken(String given) {
        return same(token, given);
    }

    /** Takes as long wherever they differ. */
    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
