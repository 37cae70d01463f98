// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.client.ClientService;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells a worker which clients and members have gone; any of them may have been a driver. */
final class Departures implements ClientListener, MembershipListener {
    private final ClientService clients;
    private final Consumer<String> gone;

    /** Tells of the clients that a service knows of, by the names that drivers have for themselves. */
    Departures(ClientService clients, Consumer<String> gone) {
        this.clients = clients;
        this.gone = gone;
    }

    /** Has a node forget whoever goes. */
    static void tell(HazelcastInstance instance, Node node) {
        Departures departures = new Departures(instance.getClientService(), node::forget);
        var unused = instance.getClientService().addClientListener(departures);
        var unusedToo = instance.getCluster().addMembershipListener(departures);
    }

    @Override
    public void clientConnected(Client client) {
        // It will greet if it is a driver.
    }

    /**
     * A connection of a client has ended. It may have another one: a client that has connected twice closes one of the two,
     * and the end of one that the network has torn may be noticed after its client has come back.
     */
    @Override
    public void clientDisconnected(Client client) {
        UUID id = client.getUuid();
        if (clients.getConnectedClients().stream()
                .noneMatch(each -> each.getUuid().equals(id))) {
            gone.accept(id.toString());
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        // It will greet if it is a driver.
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        gone.accept(event.getMember().getUuid().toString());
    }
}
