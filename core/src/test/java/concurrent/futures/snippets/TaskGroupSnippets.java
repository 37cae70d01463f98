// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Task;
import concurrent.futures.TaskGroup;

/** What the Javadoc of {@code TaskGroup} shows. */
final class TaskGroupSnippets {
    private TaskGroupSnippets() {}

    static String group(FutureExecutor executor, Task<String> user, Task<Integer> orders) throws Exception {
        // @start region="group"
        try (TaskGroup group = TaskGroup.open(executor)) {
            Future<String> name = group.submit(user);
            Future<Integer> count = group.submit(orders);
            group.join(); // throws if one of them failed; the other one is cancelled then
            return name.resultNow() + ": " + count.resultNow();
        }
        // @end
    }
}
