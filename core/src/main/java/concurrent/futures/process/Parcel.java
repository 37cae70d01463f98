// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent to a worker at once.
 *
 * @param revocations how often what was sent before has been revoked since the last parcel
 * @param jobs the tasks, in their order
 */
record Parcel(int revocations, List<Job<?>> jobs) {
    /** The frames for this, which goes to that worker. Tasks that nobody wants are added to a list. */
    List<Frame> frames(String worker, List<Job<?>> unwanted) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < revocations; i++) {
            frames.add(new Frame(Frame.Kind.REVOKED, 0, Frame.EMPTY));
        }
        for (Job<?> job : jobs) {
            byte[] bytes = job.begin(worker);
            if (bytes == null) {
                unwanted.add(job);
                continue;
            }
            String name = job.name();
            if (name != null) {
                frames.add(new Frame(Frame.Kind.NAME, job.id(), name.getBytes(StandardCharsets.UTF_8)));
            }
            frames.add(new Frame(Frame.Kind.TASK, job.id(), bytes));
        }
        return frames;
    }
}
