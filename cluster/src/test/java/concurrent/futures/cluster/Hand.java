// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.fail;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import concurrent.futures.codec.Encoded;
import concurrent.futures.codec.Loaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A driver by hand, which says whatever a client of Hazelcast can say that knows the protocol. */
final class Hand implements AutoCloseable {
    private static final long SECONDS = 20;

    private final HazelcastInstance client;
    private final Member member;
    private final Loaders loaders = new Loaders("hand");

    Hand(String address) {
        ClientConfig config = HazelcastSettings.client(List.of(address));
        HazelcastSettings.makeDriver(config);
        client = HazelcastClient.newHazelcastClient(config);
        member = client.getCluster().getMembers().iterator().next();
    }

    HazelcastInstance client() {
        return client;
    }

    Member member() {
        return member;
    }

    String name() {
        return client.getLocalEndpoint().getUuid().toString();
    }

    private Object answer(byte[] request) throws Exception {
        return client.getExecutorService(HazelcastSettings.PROMPT)
                .submitToMember(new Envelope(request), member)
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** What the worker answers. */
    byte[] send(byte[] request) throws Exception {
        return answer(request) instanceof byte[] bytes ? bytes : fail("not answered");
    }

    /** Why the worker does not answer that; an error if it does. */
    String refusal(byte[] request) throws Exception {
        return answer(request) instanceof String why ? why : fail("answered");
    }

    byte[] taskBytes(Task<?> task) {
        return new Encoded<>(task, Note.MOST_BYTES, loaders).bytes();
    }

    /** A conversation that goes as it should. */
    final class Talk {
        final byte[] hello;
        final Conversation conversation;
        private long pushes;
        private long pulls;

        Talk(Seal key) throws Exception {
            byte[] number = Conversation.newNonce();
            hello = Conversation.hello(key, number, name());
            conversation = Conversation.Welcome.of(key, number, send(hello)).conversation();
        }

        /** The request that says the next thing. */
        byte[] nextPush(Note... notes) {
            return conversation.push(pushes++, List.of(notes));
        }

        byte[] nextPull() {
            return conversation.pull(pulls++);
        }

        /** Waits for the result of a task, and gives the worker the classes that it wants. */
        Object result() throws Exception {
            while (true) {
                byte[] pull = nextPull();
                List<Note> wanted = new ArrayList<>();
                for (Note note : conversation.pulled(pulls - 1, send(pull))) {
                    if (note.kind() == Note.Kind.RESULT || note.kind() == Note.Kind.FAILURE) {
                        return decoded(note);
                    }
                    if (note.kind() == Note.Kind.CLASS_WANTED) {
                        String name = new String(note.payload(), StandardCharsets.UTF_8);
                        wanted.add(Note.of(Note.Kind.CLASS, note.id(), loaders.bytesOf(name)));
                    }
                }
                if (!wanted.isEmpty()) {
                    byte[] unused = send(nextPush(wanted.toArray(Note[]::new)));
                }
            }
        }

        private Object decoded(Note note) throws IOException {
            return Codec.decode(note.payload(), new Codec.Source(loaders, /* lambdas= */ false, /* origin= */ null));
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
