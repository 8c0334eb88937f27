package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Sessions of one client, each with a key. Requests go to the members in turn, so that one session
 * alone might happen to meet the good ones.
 */
final class HeldSessions {
  private static final int SIZE = 12;

  private final Coordinator client;
  private final String prefix;
  private final List<Session> sessions;
  private final AtomicInteger losses = new AtomicInteger();
  private final Listing before;

  HeldSessions(Coordinator client, String prefix, Duration ttl) {
    this.client = client;
    this.prefix = prefix;
    this.sessions = IntStream.range(0, SIZE).mapToObj(i -> client.openSession(ttl)).toList();
    for (Session session : sessions) {
      session.onLost(losses::incrementAndGet);
      Write write = Write.put(prefix + session.id(), "", session);
      client.commit(new Transaction(List.of(), List.of(write)));
    }
    this.before = client.list(prefix);
  }

  /** Neither the client nor the store has ended one. */
  void assertAllHeld(String fault) {
    assertThat(before.entries()).hasSize(SIZE);
    assertThat(losses).as("%s: lost sessions of %d", fault, SIZE).hasValue(0);
    assertThat(sessions).allSatisfy(session -> assertThat(session.remaining()).isPositive());
    assertThat(client.list(prefix).entries()).as("%s: keys", fault).isEqualTo(before.entries());
  }

  /** Each is there for both, or has ended for both and its owner was told. */
  void assertAgreed(String fault) {
    Awaitility.await(fault + ": the client knows which sessions the store has")
        .atMost(sessions.getFirst().ttl())
        .untilAsserted(
            () -> {
              Listing now = client.list(prefix);
              for (Session session : sessions) {
                boolean held = now.get(prefix + session.id()).isPresent();
                assertThat(!session.remaining().isZero()).as(session.id()).isEqualTo(held);
              }
              assertThat(SIZE - now.entries().size()).as("told").isEqualTo(losses.get());
            });
  }

  @Override
  public String toString() {
    return "%d of %d sessions lost".formatted(losses.get(), SIZE);
  }
}
