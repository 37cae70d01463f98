// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static concurrent.futures.monitor.Browser.status;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the page, and who may not. */
class AccessTest {
    private FutureExecutor executor;
    private Monitor monitor;

    @BeforeEach
    void start() {
        executor = new ThreadExecutor(1);
        monitor = Monitor.start(executor);
    }

    @AfterEach
    void close() {
        monitor.close();
        executor.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/events", "/page.js", "/report.html", "/trace.json", "/nothing", "/?token=", "/?token=x"})
    void whoeverHasNoToken_getsNothing(String path) throws IOException {
        String answer = new Browser(monitor).ask("GET " + path, "");

        assertThat(status(answer)).isEqualTo(403);
        assertThat(answer).doesNotContain("<html", "Set-cookie");
    }

    @Test
    void aTokenThatIsAlmostRight_isWrong() throws IOException {
        String token = monitor.address().getQuery();

        assertThat(status(new Browser(monitor).ask("GET /?" + token + "x", ""))).isEqualTo(403);
        assertThat(status(new Browser(monitor).ask("GET /?" + token.substring(0, token.length() - 1), "")))
                .isEqualTo(403);
    }

    @Test
    void theAddress_leadsToACookieAndAnAddressWithoutToken() throws IOException {
        String answer = new Browser(monitor).ask("GET /?" + monitor.address().getQuery(), "");

        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer).contains("url=/").containsPattern("Set-cookie: .*; HttpOnly; SameSite=Strict\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost", "127.0.0.1", "0.0.0.0:1"})
    void aNameThatLeadsHere_isNoWayIn(String host) throws IOException {
        Browser browser = Browser.in(monitor);

        assertThat(status(browser.ask("GET /", browser.host(), ""))).isEqualTo(200);
        assertThat(status(browser.ask("GET /", host, ""))).isEqualTo(403);
        assertThat(status(browser.ask("GET /?" + monitor.address().getQuery(), host, "")))
                .isEqualTo(403);
    }

    @Test
    void thePage_mayLoadNothingFromElsewhere() throws IOException {
        String answer = Browser.in(monitor).ask("GET /", "");

        assertThat(answer)
                .contains("Content-security-policy: default-src 'self'; ")
                .contains("X-content-type-options: nosniff")
                .contains("Cache-control: no-store")
                .doesNotContainIgnoringCase("access-control-");
        assertThat(answer).doesNotContain("<script>", " style=", " onclick=", "http://", "https://");
    }

    @Test
    void otherFiles_areNotServed() throws IOException {
        Browser browser = Browser.in(monitor);

        assertThat(status(browser.ask("GET /Monitor.class", ""))).isEqualTo(404);
        assertThat(status(browser.ask("GET /../module-info.class", ""))).isEqualTo(404);
        assertThat(status(browser.ask("PUT /", ""))).isEqualTo(405);
        assertThat(status(browser.ask("GET /cancel?executor=0&task=1", ""))).isEqualTo(405);
    }

    @Test
    void aTaskIsCancelled_onlyByAPageThatHasTheOtherToken() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Future<?> task = executor.submit(() -> {
            running.countDown();
            new CountDownLatch(1).await();
        });
        running.await();
        Browser browser = Browser.in(monitor);
        String token = actionToken(browser);
        String cookie = browser.cookie().replaceAll(".*=", "");
        String cancel = "POST /cancel?executor=0&task=1";

        assertThat(status(browser.ask(cancel, ""))).isEqualTo(403);
        assertThat(status(browser.ask(cancel, "X-Monitor-Token: " + cookie + "\r\n")))
                .isEqualTo(403);
        String elsewhere = "Origin: http://evil.example\r\n";
        assertThat(status(browser.ask(cancel, elsewhere + "X-Monitor-Token: " + token + "\r\n")))
                .isEqualTo(403);
        assertThat(task.isRunning()).isTrue();

        String header = "X-Monitor-Token: " + token + "\r\n";
        assertThat(status(browser.ask("POST /cancel?executor=0&task=99", header)))
                .isEqualTo(410);
        assertThat(status(browser.ask("POST /cancel?executor=7&task=1", header)))
                .isEqualTo(410);
        assertThat(status(browser.ask("POST /cancel?executor=0", header))).isEqualTo(404);
        assertThat(status(browser.ask(cancel, header + "Origin: http://" + browser.host() + "\r\n")))
                .isEqualTo(204);
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void theReport_hasNoTokens() throws IOException {
        Browser browser = Browser.in(monitor);
        String report = browser.ask("GET /report.html", "");

        assertThat(status(report)).isEqualTo(200);
        assertThat(report).doesNotContain(actionToken(browser), browser.cookie().replaceAll(".*=", ""));
    }

    @Test
    void aMonitorThatIsClosed_servesNothing() throws IOException {
        Browser browser = Browser.in(monitor);
        monitor.close();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> browser.ask("GET /", ""))
                .isInstanceOf(IOException.class);
    }

    private static String actionToken(Browser browser) throws IOException {
        try (BufferedReader lines = browser.lines("GET /events")) {
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            Map<String, Object> message = JsonReader.object(JsonReader.read(line.substring("data: ".length())));
            return (String) message.get("token");
        }
    }
}
