package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.cli.support.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A proxy that dies, and one that is only mute: the difference decides over a drain. */
@ExtendWith(Servers.Shared.class)
class ProxyCrashIT {
  private static final Duration BACK_LIMIT = Duration.ofSeconds(2);

  @Test
  void aKilledProxyIsBackWithItsRoutesWithinTwoSeconds(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a")) {
      AgentProcess a = fleet.agent("a");
      long start = Clock.SYSTEM.monotonicNanos();
      a.proxy().destroyForcibly();
      Eventually.holds("the proxy serves again", () -> a.serves("v1"));
      Duration away = Clock.SYSTEM.since(start);
      System.out.printf("a killed proxy served again after %d ms%n", away.toMillis());
      assertThat(away).isLessThan(BACK_LIMIT);
    }
  }

  @Test
  void aProxyThatDoesNotAnswerIsNotReadAsOneWithoutConnections(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a")) {
      String old = fleet.containers("a").getFirst();
      try (WebConnection held = WebConnection.hold(fleet.agent("a").web())) {
        assertThat(held.version("/before")).isEqualTo("v1");
        fleet.web().release("v2");
        fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
        whileFrozen(
            fleet.agent("a").proxy(),
            () -> {
              fleet.agent("a").awaitWords("the proxy does not answer");
              assertThat(fleet.isRunning(old)).isTrue();
            });
        assertThat(held.version("/after")).isEqualTo("v1");
      }
      fleet.awaitVersion("v2", 1);
    }
  }

  private static void whileFrozen(ProcessHandle process, Runnable doing) {
    Signals.send("STOP", process.pid());
    try {
      doing.run();
    } finally {
      Signals.send("CONT", process.pid());
    }
  }
}
