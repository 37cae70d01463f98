// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program that ran inside the test has left: its exit status and what it printed. */
record Run(int status, String out, String err) {
    static Run of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (Console console = new Console(out, err, /* outIsTerminal= */ false, /* errIsTerminal= */ false)) {
            int status = Main.run(console, arguments);
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
