// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.core.Hazelcast;

/**
 * Where Hazelcast looks for classes by the names that others send it: there are its own, and those of the JDK. The filter
 * of its configuration is for streams of the JDK alone, and Hazelcast has ways of its own to write objects, which make
 * one of any class that is named.
 */
final class HazelcastClasses extends ClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    HazelcastClasses() {
        super("hazelcast", Hazelcast.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith("com.hazelcast.")
                ? super.loadClass(name, resolve)
                : getPlatformClassLoader().loadClass(name);
    }
}
