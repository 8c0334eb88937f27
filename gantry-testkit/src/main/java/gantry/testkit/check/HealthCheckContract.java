package gantry.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.check.CheckTarget;
import gantry.api.check.HealthCheck;
import gantry.api.check.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every check that connects to the container owes: whatever the other side does, it ends in
 * time and gives a reason that fits in one line. The address that it is pointed at is on loopback.
 */
@Timeout(30)
public abstract class HealthCheckContract extends HealthCheckFactoryContract {
  /** The timeout that attempts get. */
  protected static final Duration TIMEOUT = Duration.ofMillis(300);

  /** How much longer an attempt may take than its timeout, on a busy machine. */
  protected static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration NO_TIMEOUT = Duration.ofMinutes(5);
  private static final int LONGEST_REASON = 300;
  private static final int THREADS = 8;

  /** Fields of a check that connects to this container port; otherwise like the good ones. */
  protected abstract Map<String, ?> fieldsFor(int port);

  /** How a server behaves that the check finds healthy. */
  protected abstract ScriptedServer.Script healthyServer();

  @Test
  void namesTheContainerPortsThatItConnectsTo() {
    assertThat(check(fieldsFor(8080)).containerPorts()).containsExactly(8080);
  }

  @Test
  void descriptionNamesTheAddressInOneLine() {
    Endpoint endpoint = new Endpoint("127.0.0.1", 49320);
    String description = check(fieldsFor(8080)).describe(FakeTarget.at(8080, endpoint));
    assertThat(description).contains("127.0.0.1:49320").doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void healthyServerIsHealthy() {
    try (ScriptedServer server = ScriptedServer.start(healthyServer())) {
      assertThat(judge(server, Duration.ofSeconds(10))).isEqualTo(Verdict.healthy());
      await("the check closes its connection").until(() -> server.openConnections() == 0);
    }
  }

  @Test
  void refusedConnectionIsUnhealthyWithTheAddressAsReason() {
    try (RefusingPort refused = ScriptedServer.refusing()) {
      Verdict verdict = judgeInTime(FakeTarget.at(8080, refused.endpoint()), 8080);
      assertThat(reason(verdict)).contains(refused.endpoint().toString());
    }
  }

  @Test
  void endsInTimeWhenNothingIsSaid() {
    endsInTime(Scripts.silent());
  }

  @Test
  void endsInTimeWhenTheConnectionIsClosedAtOnce() {
    endsInTime(Scripts.hangingUp());
  }

  @Test
  void endsInTimeWhenSingleBytesComeForEver() {
    endsInTime(Scripts.dripping(""));
    endsInTime(Scripts.dripping("HTTP/1.1 200 OK\r\n\r\n"));
  }

  @Test
  void endsInTimeWhenTheAnswerIsHuge() {
    endsInTime(Scripts.flooding(""));
    endsInTime(Scripts.flooding("HTTP/1.1 200 OK\r\n\r\n"));
  }

  @Test
  void goesOnSoonAfterItsThreadWasInterrupted() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Scripts.silent())) {
      HealthCheck check = check(fieldsFor(server.port()));
      var attempt = new FutureTask<>(() -> check.check(FakeTarget.at(server), NO_TIMEOUT));
      Thread thread = Thread.ofPlatform().daemon().start(attempt);
      await().until(() -> attempt.isDone() || server.openConnections() > 0);
      thread.interrupt();
      assertThat(thread.join(GRACE)).as("the check returns after an interrupt").isTrue();
    }
  }

  @Test
  void manyThreadsMayAskAtOnce() throws Exception {
    try (ScriptedServer good = ScriptedServer.start(healthyServer());
        RefusingPort refused = ScriptedServer.refusing()) {
      HealthCheck check = check(fieldsFor(8080));
      FakeTarget up = FakeTarget.at(8080, good.endpoint());
      FakeTarget down = FakeTarget.at(8080, refused.endpoint());
      List<FutureTask<Verdict>> attempts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        FakeTarget target = i % 2 == 0 ? up : down;
        var attempt = new FutureTask<>(() -> check.check(target, Duration.ofSeconds(10)));
        attempts.add(attempt);
        Thread.ofVirtual().start(attempt);
      }
      for (int i = 0; i < THREADS; i++) {
        Verdict verdict = attempts.get(i).get(20, TimeUnit.SECONDS);
        assertThat(verdict instanceof Verdict.Healthy).isEqualTo(i % 2 == 0);
      }
    }
  }

  /** Judges a server, whatever comes out. */
  protected final Verdict judge(ScriptedServer server, Duration timeout) {
    return check(fieldsFor(server.port())).check(FakeTarget.at(server), timeout);
  }

  /** The reason of a verdict that must be unhealthy, after a look at its form. */
  protected static String reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Unhealthy.class);
    String reason = ((Verdict.Unhealthy) verdict).reason();
    assertThat(reason).isNotBlank().doesNotEndWith(".").hasSizeLessThan(LONGEST_REASON);
    assertThat(reason).matches("\\P{Cntrl}+");
    return reason;
  }

  private void endsInTime(ScriptedServer.Script script) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      Verdict verdict = judgeInTime(FakeTarget.at(server), server.port());
      if (verdict instanceof Verdict.Unhealthy) {
        assertThat(reason(verdict)).contains(server.endpoint().toString());
      }
    }
  }

  private Verdict judgeInTime(CheckTarget target, int port) {
    HealthCheck check = check(fieldsFor(port));
    long before = Clock.SYSTEM.monotonicNanos();
    Verdict verdict = check.check(target, TIMEOUT);
    assertThat(Clock.SYSTEM.since(before)).isLessThan(TIMEOUT.plus(GRACE));
    return verdict;
  }
}
