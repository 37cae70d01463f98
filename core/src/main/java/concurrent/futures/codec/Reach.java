// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;

/** Which private members this library may use, here and in another process that has the same classes. */
final class Reach {
    private static final Module OWN = Reach.class.getModule();

    private Reach() {}

    /** Makes a member accessible; false if it is not, or might not be on the other side. */
    static <M extends AccessibleObject & Member> boolean enter(M member) {
        return isOpen(member.getDeclaringClass()) && member.trySetAccessible();
    }

    /** Whether a module opens its class by itself, and not by an option or a call that there may be here only. */
    private static boolean isOpen(Class<?> type) {
        Module module = type.getModule();
        if (!module.isNamed() || module == OWN) {
            return true;
        }
        ModuleDescriptor descriptor = module.getDescriptor();
        return descriptor.isOpen()
                || descriptor.isAutomatic()
                || descriptor.opens().stream()
                        .anyMatch(opened -> opened.source().equals(type.getPackageName())
                                && (!opened.isQualified() || opened.targets().contains(OWN.getName())));
    }
}
