// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that is told to end: what it and its driver tell each other. */
class ClusterLeaveTest {
    private static final Seal KEY = Seal.of(null);
    private static final long PATIENCE_SECONDS = 20;

    /** What tasks use, which run in this JVM. */
    private static CountDownLatch begun;

    private static CountDownLatch interrupted;

    private final Node node = new Node(KEY, /* threads= */ 1);
    private final Thread closing = new Thread(node::close);
    private final List<Note> told = new ArrayList<>();
    private Conversation conversation;
    private long pushes;
    private long pulls;

    @BeforeEach
    void greet() throws Exception {
        begun = new CountDownLatch(1);
        interrupted = new CountDownLatch(1);
        byte[] number = Conversation.newNonce();
        byte[] answer = node.answer(Conversation.hello(KEY, number, "driver"));
        conversation = Conversation.Welcome.of(KEY, number, answer).conversation();
    }

    @AfterEach
    void close() throws Exception {
        closing.join();
        node.close();
    }

    private void push(Note... notes) throws Exception {
        byte[] unused = node.answer(conversation.push(pushes++, List.of(notes)));
    }

    private void pull() throws Exception {
        told.addAll(conversation.pulled(pulls, node.answer(conversation.pull(pulls++))));
    }

    private void pullUntil(Note.Kind kind, long id) throws Exception {
        while (told.stream().noneMatch(note -> note.kind() == kind && note.id() == id)) {
            pull();
        }
    }

    private static Note task(long id, Task<?> task) throws Exception {
        return Note.of(Note.Kind.TASK, id, Codec.encodeTask(task, Note.MOST_BYTES, loader -> {}));
    }

    private static Note holding(long id) throws Exception {
        return task(id, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return null;
        });
    }

    @Test
    void whatHasNotBegun_isGivenBack_andWhatRunsIsInterrupted() throws Exception {
        push(holding(1), task(2, () -> 2));
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        closing.start();
        pullUntil(Note.Kind.RETURNED, 2);
        assertThat(told).extracting(Note::kind).contains(Note.Kind.LEAVING);
        // This was on its way.
        push(task(3, () -> 3));
        pullUntil(Note.Kind.RETURNED, 3);
        assertThat(interrupted.getCount()).as("not before the driver knows").isOne();
        push(Note.of(Note.Kind.LEFT, 0));
        pull();
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(told).extracting(Note::kind).doesNotContain(Note.Kind.RESULT, Note.Kind.FAILURE);
    }

    /** Whatever the driver has not been told when it says that it knows. */
    @Test
    void whatHasEnded_isToldBeforeTheEnd() throws Exception {
        push(task(1, () -> 1), holding(2));
        // One thread has done both, so that the end of the first has been told.
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        closing.start();
        pullUntil(Note.Kind.LEAVING, 0);
        push(Note.of(Note.Kind.LEFT, 0));
        pullUntil(Note.Kind.RESULT, 1);
    }

    @Test
    void callThatComesTooLate_isGivenBack() throws Exception {
        closing.start();
        pullUntil(Note.Kind.LEAVING, 0);
        List<Note> called =
                conversation.called(pushes, node.answer(conversation.call(pushes++, List.of(task(1, () -> 1)))));
        assertThat(called).isEmpty();
        pullUntil(Note.Kind.RETURNED, 1);
        push(Note.of(Note.Kind.LEFT, 0));
    }

    /** As a call that comes while the worker begins to leave. */
    @Test
    void taskThatIsRecalledBeforeItIsSubmitted_doesNotBegin() throws Exception {
        Session session = new Session(node, "driver", conversation);
        byte[] task = task(1, () -> {
                    begun.countDown();
                    return null;
                })
                .payload();
        Errand errand = new Errand(session, 1, /* name= */ null, task);
        assertThat(errand.recall()).isFalse();
        assertThat(errand.submitHere()).isEmpty();
        assertThat(begun.getCount()).isOne();
    }

    @Test
    void driverThatIsGone_isNotWaitedFor() throws Exception {
        Session session = new Session(node, "driver", conversation);
        session.beginToLeave();
        session.close();
        session.awaitLeft(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void driverThatDoesNotAnswer_holdsUpTheEndForAMoment() throws Exception {
        push(holding(1));
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        closing.start();
        assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
