// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Talks to the server of a monitor in plain HTTP, which allows for every header, those as well that browsers forbid. */
final class Browser {
    private final URI address;

    /** The cookie that the server has given; empty without. */
    private String cookie = "";

    Browser(Monitor monitor) {
        this.address = monitor.address();
    }

    /** One that has opened the address. */
    static Browser in(Monitor monitor) throws IOException {
        Browser browser = new Browser(monitor);
        String answer = browser.ask(
                "GET " + monitor.address().getPath() + "?" + monitor.address().getQuery(), "");
        browser.cookie = answer.lines()
                .filter(line -> line.startsWith("Set-cookie: "))
                .map(line -> line.substring("Set-cookie: ".length()).replaceAll(";.*", ""))
                .collect(Collectors.joining());
        return browser;
    }

    String host() {
        return address.getAuthority();
    }

    String cookie() {
        return cookie;
    }

    /** The whole answer to a request with more headers, each with its line end. */
    String ask(String request, String headers) throws IOException {
        return ask(request, host(), headers);
    }

    String ask(String request, String host, String headers) throws IOException {
        try (Socket socket = open(request, host, "Connection: close\r\n" + headers);
                InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The lines of an answer that goes on; close the reader to end it. */
    BufferedReader lines(String request) throws IOException {
        Socket socket = open(request, host(), "");
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)) {
            @Override
            public void close() throws IOException {
                socket.close();
                super.close();
            }
        };
    }

    private Socket open(String request, String host, String headers) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        String cookies = cookie.isEmpty() ? "" : "Cookie: other=1; " + cookie + "\r\n";
        OutputStream out = socket.getOutputStream();
        out.write((request + " HTTP/1.1\r\nHost: " + host + "\r\n" + cookies + headers + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
