package gantry.bench.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.bench.deploy.Forwarder.Fault;
import gantry.bench.run.Scratch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The benchmark sees the faults of a proxy, and none where there are none. */
class SwitchRunTest {
  private static final int SWITCHES = 2;

  private final Scratch scratch = Scratch.make();
  private final List<BackendProcess> backends =
      List.of(new BackendProcess(scratch, "A"), new BackendProcess(scratch, "B"));

  @AfterEach
  void end() {
    scratch.close();
  }

  @Test
  void nothingIsLostByAProxyThatLosesNothing() throws IOException {
    List<Ledger> ledgers = run(Fault.NONE);
    assertThat(ledgers)
        .extracting(Ledger::name)
        .containsExactly("tcp, new connections", "tcp, keep-alive", "tcp, WebSocket", "tcp, raw");
    assertThat(ledgers)
        .allSatisfy(
            ledger -> {
              assertThat(ledger.lost()).as(ledger.name() + " " + ledger.messages()).isZero();
              assertThat(ledger.requests()).isGreaterThanOrEqualTo(10);
            });
  }

  @Test
  void aSwitchThatDoesNotHappenIsSeen() throws IOException {
    List<Ledger> ledgers = run(Fault.DOES_NOT_SWITCH);
    assertThat(ledgers.getFirst().count(Loss.MISROUTED)).isPositive();
    assertThat(ledgers.getFirst().count(Loss.RESET)).isZero();
  }

  @Test
  void resetConnectionsAreSeen() throws IOException {
    List<Ledger> ledgers = run(Fault.RESETS);
    assertThat(ledgers.getFirst().count(Loss.RESET)).isPositive();
    assertThat(ledgers.getFirst().count(Loss.MISROUTED)).isZero();
  }

  @Test
  void whatABackendReadIsKnownWhenItWasKilled() throws IOException {
    BackendProcess backend = backends.getFirst();
    try (Connection connection = Connection.open(backend.port())) {
      assertThat(connection.ask(4711, false)).isEqualTo("A");
      backend.kill();
    }
    assertThat(backend.arrivals().contains(4711)).isTrue();
    assertThat(backend.arrivals().contains(4712)).isFalse();
    backend.startAgain();
    try (Connection connection = Connection.open(backend.port())) {
      assertThat(connection.ask(4713, true)).isEqualTo("A");
    }
    assertThat(backend.arrivals().contains(4711)).isTrue();
  }

  private List<Ledger> run(Fault fault) throws IOException {
    try (Forwarder proxy = new Forwarder(backends.getFirst().port(), fault)) {
      return SwitchRun.run(proxy, backends, SWITCHES, Duration.ZERO);
    }
  }
}
