// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private final UUID driver = UUID.randomUUID();
    private final List<Client> connected = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Departures departures =
            new Departures(fake(ClientService.class, (proxy, method, arguments) -> connected), gone::add);

    @Test
    void clientThatGoes_isTold() {
        connected.add(client(UUID.randomUUID()));
        departures.clientDisconnected(client(driver));
        assertThat(gone).containsExactly(driver.toString());
    }

    /** As one that has come back before the end of its old connection is noticed. */
    @Test
    void clientThatHasAnotherConnection_isNotTold_untilThatEnds() {
        connected.add(client(driver));
        departures.clientDisconnected(client(driver));
        assertThat(gone).isEmpty();
        connected.clear();
        departures.clientDisconnected(client(driver));
        assertThat(gone).containsExactly(driver.toString());
    }

    private static Client client(UUID id) {
        return fake(Client.class, (proxy, method, arguments) -> id);
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
