// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.codec.Loaders;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a driver sends to a worker travels in parts, each of which fits into both of them. */
class RemoteTest {
    private static final int MUCH = 3 << 20;

    private static Remote remote() {
        Conversation conversation = Conversation.with(Seal.of(null), Conversation.newNonce(), Conversation.newNonce());
        return new Remote(
                new Peer(UUID.randomUUID(), "nowhere"), new Conversation.Welcome(conversation, 4), new Loaders("test"));
    }

    private static Note note(Note.Kind kind, long id, int bytes) {
        return new Note(kind, id, 0, new byte[bytes]);
    }

    private static List<Long> idsOfNextPush(Remote remote) {
        Remote.Push push = remote.beginToPush();
        remote.pushed();
        return push == null ? List.of() : push.notes().stream().map(Note::id).toList();
    }

    @Test
    void whatIsLarge_travelsByItself_andNothingIsLeftOut() {
        Remote remote = remote();
        List<Long> sent = new ArrayList<>();
        for (long id = 1; id <= 4; id++) {
            remote.tell(note(Note.Kind.TASK, id, MUCH));
        }
        for (List<Long> ids = idsOfNextPush(remote); !ids.isEmpty(); ids = idsOfNextPush(remote)) {
            assertThat(ids).hasSize(1);
            sent.addAll(ids);
        }
        assertThat(sent).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void nameOfATask_travelsWithIt() {
        Remote remote = remote();
        remote.tell(note(Note.Kind.CANCEL, 1, MUCH));
        remote.tell(note(Note.Kind.NAME, 2, 1 << 20));
        remote.tell(note(Note.Kind.TASK, 2, MUCH));
        remote.tell(note(Note.Kind.CANCEL, 3, 0));
        assertThat(idsOfNextPush(remote)).containsExactly(1L);
        assertThat(idsOfNextPush(remote)).containsExactly(2L, 2L);
        assertThat(idsOfNextPush(remote)).containsExactly(3L);
    }

    @Test
    void turns_areCounted() {
        Remote remote = remote();
        remote.tell(note(Note.Kind.CANCEL, 1, 0));
        assertThat(remote.beginToPush().turn()).isZero();
        remote.tell(note(Note.Kind.CANCEL, 2, 0));
        assertThat(remote.beginToPush()).isNull();
        remote.pushed();
        assertThat(remote.beginToPush().turn()).isEqualTo(1);
    }
}
