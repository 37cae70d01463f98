// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What Hazelcast carries to a worker, and has it call: bytes that only {@link Node} understands. */
final class Envelope implements Callable<Object>, IdentifiedDataSerializable, HazelcastInstanceAware {
    /** What users of Hazelcast do not choose for their own classes; the same in all versions of this library. */
    static final int FACTORY = 0x66757475;

    private static final int CLASS = 1;

    private byte[] request;
    private @Nullable HazelcastInstance instance;

    Envelope(byte[] request) {
        this.request = request;
    }

    /** Makes an envelope that is about to be read. */
    static final class Factory implements DataSerializableFactory {
        @Override
        public @Nullable IdentifiedDataSerializable create(int typeId) {
            return typeId == CLASS ? new Envelope(Note.EMPTY) : null;
        }
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
        instance = hazelcastInstance;
    }

    /**
     * {@return the bytes of the answer, or a string that says why there is none} An exception would travel in a stream of
     * the JDK, which no member reads: see HazelcastSettings. Besides, a client takes some for failures of the network,
     * and asks again for two minutes.
     */
    @Override
    public Object call() {
        try {
            return Node.of(requireNonNull(instance)).answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return CLASS;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(request);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        byte[] read = in.readByteArray();
        request = read == null ? Note.EMPTY : read;
    }
}
