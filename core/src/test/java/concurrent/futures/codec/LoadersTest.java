// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The loaders that tasks come from may be anybody's. */
class LoadersTest {
    /** As one of a container whose application has been stopped. */
    private static final class Stopped extends ClassLoader {
        Stopped() {
            super(null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) {
            throw new IllegalStateException("stopped");
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            throw new IllegalStateException("stopped");
        }
    }

    /** As one that has lost a part of itself. */
    private static final class Broken extends ClassLoader {
        Broken() {
            super(null);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            throw new NoClassDefFoundError("broken");
        }
    }

    @Test
    void loaderThatThrowsAnError_isPassedOver() {
        Loaders loaders = new Loaders("test");
        loaders.accept(new Broken());
        assertThat(loaders.bytesOf(LoadersTest.class.getName())).isNotEmpty();
        assertThat(loaders.bytesOf("there.is.None")).isEmpty();
    }

    @Test
    void loaderThatThrows_isPassedOver() throws Exception {
        Loaders loaders = new Loaders("test");
        loaders.accept(new Stopped());
        assertThat(loaders.bytesOf(LoadersTest.class.getName())).isNotEmpty();
        assertThat(loaders.bytesOf("there.is.None")).isEmpty();
        assertThat(loaders.loadClass(LoadersTest.class.getName())).isEqualTo(LoadersTest.class);
        assertThatThrownBy(() -> loaders.loadClass("there.is.None")).isInstanceOf(ClassNotFoundException.class);
    }
}
