// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The task for Hazelcast itself, in the form that it reads and writes fastest. */
final class Increment implements Callable<Integer>, IdentifiedDataSerializable {
    static final int FACTORY = 77;

    private static final int CLASS = 1;

    private int number;

    Increment(int number) {
        this.number = number;
    }

    /** Makes a task that is about to be read. */
    static final class Factory implements DataSerializableFactory {
        @Override
        public @Nullable IdentifiedDataSerializable create(int typeId) {
            return typeId == CLASS ? new Increment(0) : null;
        }
    }

    @Override
    public Integer call() {
        return number + 1;
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
        out.writeInt(number);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readInt();
    }
}
