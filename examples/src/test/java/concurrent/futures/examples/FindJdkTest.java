// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for a JDK that the launchers share. Versions are far ahead, so that no JDK of this machine interferes. */
class FindJdkTest {
    private static final String SCRIPT = ". \"$LAUNCH\"; find_jdk; echo \"$jdk_major $jdk_home\"";
    private static final Path LAUNCH = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .getParent()
            .resolve("etc/launch.sh");

    @TempDir
    Path home;

    private ProcessBuilder shell;

    @BeforeEach
    void bareEnvironment() {
        shell = new ProcessBuilder("sh", "-euc", SCRIPT).redirectErrorStream(true);
        shell.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
        shell.environment().put("HOME", home.toString());
        shell.environment().put("LAUNCH", LAUNCH.toString());
    }

    @Test
    void newest_isTaken() throws Exception {
        jdk(".jdks/old", "47.0.1");
        Path newest = jdk(".sdkman/candidates/java/with space", "48.0.10");
        jdk(".local/share/mise/installs/java/48", "48.0.9");
        assertThat(found()).isEqualTo("48 " + newest);
    }

    @Test
    void javaHome_winsIfItIsNewEnough() throws Exception {
        jdk(".jdks/newer", "48.0.1");
        shell.environment().put("JAVA_HOME", jdk("mine", "21").toString());
        assertThat(found()).isEqualTo("21 " + home.resolve("mine"));
    }

    @Test
    void javaHome_isPassedOverIfItIsTooOld() throws Exception {
        Path newer = jdk(".jdks/newer", "48-ea");
        shell.environment().put("JAVA_HOME", jdk("mine", "1.8.0_202").toString());
        assertThat(found()).isEqualTo("48 " + newer);
    }

    @Test
    void variablesOfContinuousIntegration_areHeeded() throws Exception {
        jdk(".jdks/older", "48.0.1");
        shell.environment().put("JAVA_HOME_49_X64", jdk("runner", "49").toString());
        assertThat(found()).isEqualTo("49 " + home.resolve("runner"));
    }

    @Test
    void folderWithoutCompiler_isNoJdk() throws Exception {
        Path older = jdk(".jdks/older", "48.0.1");
        Files.delete(jdk(".jdks/runtime-only", "49").resolve("bin/javac"));
        assertThat(found()).isEqualTo("48 " + older);
    }

    private String found() throws Exception {
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return output;
    }

    private Path jdk(String folder, String version) throws IOException {
        Path jdk = home.resolve(folder);
        Path javac = Files.createDirectories(jdk.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/sh\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }
}
