// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the page, to this machine only, and only to those who know the token. */
final class Server implements AutoCloseable {
    private static final int MOST_PAGES = 16;
    private static final int MOST_THREADS = 2 * MOST_PAGES;
    private static final int BACKLOG = 50;
    private static final int SECONDS_TO_END = 1;
    private static final Pattern CANCEL = Pattern.compile("executor=(\\d{1,4})&task=(\\d{1,18})");
    private static final byte[] NOTHING = {};
    private static final String WELCOME = "<!doctype html><title>Monitor</title>"
            + "<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\"><meta http-equiv=\"refresh\" content=\"0;url=/\">";

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int GONE = 410;
    private static final int UNAVAILABLE = 503;

    private final Feed feed;
    private final HttpServer server;
    private final Access access;
    private final ThreadPoolExecutor threads;
    private final List<EventStream> pages = new CopyOnWriteArrayList<>();

    Server(Feed feed, int port) {
        this.feed = feed;
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0,
                MOST_THREADS,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                run -> daemon(run, "futures-monitor-" + count.getAndIncrement()));
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve on port " + port + ": " + e.getMessage(), e);
        }
        access = new Access(server.getAddress().getPort());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        start();
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(null, run, name, 0, /* inheritInheritableThreadLocals= */ false);
        thread.setDaemon(true);
        return thread;
    }

    /** The server's own thread is a daemon if the one that starts it is. */
    private void start() {
        Thread starter = daemon(server::start, "futures-monitor-start");
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/?token=" + access.token());
    }

    /** Sends a message to all pages, which is only made if there are any. */
    void publish(Supplier<String> message) {
        if (!pages.isEmpty()) {
            byte[] event = EventStream.event(message.get());
            pages.forEach(page -> page.send(event));
        }
    }

    @Override
    public void close() {
        pages.forEach(EventStream::end);
        server.stop(SECONDS_TO_END);
        threads.shutdownNow();
    }

    /* ---------------- Requests ---------------- */

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            guard(exchange.getResponseHeaders());
            if (!access.isForThisMachine(exchange)) {
                answer(exchange, FORBIDDEN, NOTHING);
            } else if (access.hasTokenInAddress(exchange)) {
                welcome(exchange);
            } else if (!access.hasCookie(exchange)) {
                explain(exchange);
            } else {
                route(exchange);
            }
        }
    }

    /** What keeps browsers from being of service to others. No header lets other sites read anything. */
    private static void guard(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    /**
     * The token goes from the address into a cookie, so that it does not stay where it can be seen. The page that sets the
     * cookie leads on by itself: after a redirection, a browser that has come from a link elsewhere would not send it.
     */
    private void welcome(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            answer(exchange, METHOD_NOT_ALLOWED, NOTHING);
            return;
        }
        exchange.getResponseHeaders().set("Set-Cookie", access.cookie());
        send(exchange, "text/html; charset=utf-8", bytes(WELCOME));
    }

    private static void explain(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        answer(exchange, FORBIDDEN, bytes("Open the address that the program has printed: it has the token.\n"));
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = path.equals("/cancel") ? "POST" : "GET";
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            answer(exchange, METHOD_NOT_ALLOWED, NOTHING);
            return;
        }
        switch (path) {
            case "/cancel" -> cancel(exchange);
            case "/events" -> events(exchange);
            case "/report.html" -> send(exchange, "text/html; charset=utf-8", bytes(feed.report()));
            case "/trace.json" -> send(exchange, "application/json", bytes(feed.trace()));
            default -> file(exchange, path);
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        String type = Page.type(path);
        if (type == null) {
            answer(exchange, NOT_FOUND, NOTHING);
        } else {
            send(exchange, type, Page.file(path));
        }
    }

    private void cancel(HttpExchange exchange) throws IOException {
        Matcher asked = CANCEL.matcher(String.valueOf(exchange.getRequestURI().getRawQuery()));
        if (!access.mayAct(exchange)) {
            answer(exchange, FORBIDDEN, NOTHING);
        } else if (!asked.matches()) {
            answer(exchange, NOT_FOUND, NOTHING);
        } else {
            boolean done = feed.cancel(Integer.parseInt(asked.group(1)), Long.parseLong(asked.group(2)));
            answer(exchange, done ? NO_CONTENT : GONE, NOTHING);
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        EventStream page = new EventStream();
        pages.add(page);
        try {
            if (pages.size() > MOST_PAGES) {
                answer(exchange, UNAVAILABLE, NOTHING);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(OK, /* responseLength= in chunks */ 0);
            page.writeTo(
                    exchange.getResponseBody(),
                    () -> EventStream.event(feed.whole(access.actionToken(), page::caughtUp)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        } finally {
            pages.remove(page);
        }
    }

    /* ---------------- Answers ---------------- */

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        answer(exchange, OK, body);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static byte[] bytes(@Nullable String text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }
}
