package gantry.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.coordination.Coordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every coordinator must pass: one interface of tests per capability, and here the clients
 * that they use. A plugin's test extends this class and says how a client is made and how it dies.
 */
public abstract class CoordinatorContract
    implements StoreContract,
        TransactionContract,
        ContentionContract,
        SessionContract,
        WatchContract {
  private static final Duration POLL = Duration.ofMillis(10);

  private final String prefix = "/contract/" + UUID.randomUUID() + "/";
  private final List<Coordinator> clients = new ArrayList<>();

  /** Makes one client; all clients of one test share a store. It is closed after the test. */
  protected abstract Coordinator newClient();

  /** Makes the client that most tests use. */
  @BeforeEach
  protected final void connectFirst() {
    connect();
  }

  /** Closes every client. */
  @AfterEach
  protected final void closeAll() {
    clients.reversed().forEach(Coordinator::close);
  }

  @Override
  public final Coordinator coordinator() {
    return clients.getFirst();
  }

  @Override
  public final Coordinator connect() {
    Coordinator client = newClient();
    clients.add(client);
    return client;
  }

  @Override
  public final String key(String name) {
    return prefix + name;
  }

  @Override
  public void await(String what, Duration atMost, BooleanSupplier condition) {
    Awaitility.await(what).atMost(atMost).pollInterval(POLL).until(condition::getAsBoolean);
  }

  @Test
  void closingTwiceDoesNothing() {
    Coordinator client = connect();
    client.close();
    client.close();
  }

  @Test
  void aClosedCoordinatorSaysSo() {
    Coordinator client = connect();
    client.close();
    assertThatThrownBy(() -> client.get(key("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
