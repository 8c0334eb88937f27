package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.server.EtcdCertificates;
import gantry.testkit.server.EtcdSecurity;
import gantry.testkit.server.EtcdServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An etcd with TLS on both sides, users, and logins that end after two idle seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EtcdAuthIT {
  private static final String PREFIX = "/gantry/v1/projects/shop/";
  private static final Duration TOKEN_TTL = Duration.ofSeconds(2);

  /** etcd looks once a second for logins that have ended. */
  private static final Duration FORGOTTEN = TOKEN_TTL.plusMillis(1_500);

  private final EtcdCertificates certificates = EtcdCertificates.create();
  private final EtcdServer etcd =
      EtcdServer.start(EtcdSecurity.tls(certificates).withTokenTtl(TOKEN_TTL));

  @BeforeAll
  void addUsers() {
    etcd.addUser("gantry", "correct", PREFIX);
    etcd.addUser("stranger", "correct", "/elsewhere/");
    etcd.enableUsers();
    try (EtcdCoordinator client = connect(options(), "correct")) {
      await("the first login of this process", () -> logsIn(client));
    }
  }

  private static boolean logsIn(EtcdCoordinator client) {
    try {
      return client.list(PREFIX).revision() > 0;
    } catch (GantryException e) {
      assertThat(e).hasMessageContaining("within"); // classes are loaded while it waits
      return false;
    }
  }

  @AfterAll
  void close() {
    etcd.close();
    certificates.close();
  }

  @Test
  void aUserDoesAllThatGantryDoesWithOnlyTheProjectsPrefix() {
    try (EtcdCoordinator client = connect(options(), "correct")) {
      AtomicInteger wakes = new AtomicInteger();
      client.watch(PREFIX, wakes::incrementAndGet);
      await("a first wake", () -> wakes.get() > 0);
      int before = wakes.get();
      Session session = client.openSession(Duration.ofSeconds(10));
      assertThat(put(client, Write.put(PREFIX + "leased", "1", session)))
          .isInstanceOf(Outcome.Committed.class);
      await("a wake", () -> wakes.get() > before);
      assertThat(client.get(PREFIX + "leased")).isPresent();
      assertThat(client.list(PREFIX).entries()).isNotEmpty();
      session.close();
      assertThat(client.get(PREFIX + "leased")).isEmpty();
      assertRefused(client, "/other", " does not let user 'gantry' read or write this project");
    }
  }

  @Test
  void aLoginThatHasEndedIsRenewedWithoutALoss() {
    try (EtcdCoordinator client = connect(options(), "correct")) {
      AtomicInteger wakes = new AtomicInteger();
      AtomicInteger losses = new AtomicInteger();
      client.watch(PREFIX, wakes::incrementAndGet);
      Session session = client.openSession(Duration.ofSeconds(15)); // renewed after 5 s
      session.onLost(losses::incrementAndGet);
      put(client, Write.put(PREFIX + "leased", "1", session));
      Duration granted = session.remaining();
      await("silence", () -> granted.minus(session.remaining()).compareTo(FORGOTTEN) > 0);
      int before = wakes.get();
      assertThat(put(client, Write.put(PREFIX + "leased", "2", session)))
          .isInstanceOf(Outcome.Committed.class);
      await("a wake", () -> wakes.get() > before);
      await("a renewal", () -> granted.minus(session.remaining()).compareTo(TOKEN_TTL) < 0);
      assertThat(losses).hasValue(0);
    }
  }

  @Test
  void aLoginThatARestartForgotIsRenewed() {
    try (EtcdCoordinator client = connect(options(), "correct")) {
      AtomicInteger wakes = new AtomicInteger();
      client.watch(PREFIX, wakes::incrementAndGet);
      put(client, Write.put(PREFIX + "k", "1"));
      etcd.kill();
      etcd.restart();
      await("an answer", () -> answers(client));
      int before = wakes.get();
      await(
          "a wake",
          () -> {
            put(client, Write.put(PREFIX + "k", "2"));
            return wakes.get() > before + 1;
          });
    }
  }

  @Test
  void aWrongPasswordIsToldAsSuch() {
    try (EtcdCoordinator client = connect(options(), "wrong")) {
      assertRefused(client, PREFIX, " does not know user 'gantry' with this password");
    }
  }

  @Test
  void aMissingUserIsToldAsSuch() {
    try (EtcdCoordinator client = connect(without("etcd.user"), "")) {
      assertRefused(client, PREFIX, " wants a user, and none was given");
    }
  }

  @Test
  void aUserWithoutTheRightIsToldAsSuch() {
    try (EtcdCoordinator client = connect(with("etcd.user", "stranger"), "correct")) {
      assertRefused(client, PREFIX, " does not let user 'stranger' read or write this project");
    }
  }

  @Test
  void anotherAuthorityIsToldAsSuch() {
    String other = certificates.otherAuthority().toString();
    try (EtcdCoordinator client = connect(with("etcd.cacert", other), "correct")) {
      assertRefused(
          client, PREFIX, " shows a certificate of an authority that is not trusted here");
    }
  }

  @Test
  void aMissingCertificateIsToldAsSuch() {
    Map<String, String> options = without("etcd.cert");
    options.remove("etcd.key");
    try (EtcdCoordinator client = connect(options, "correct")) {
      assertRefused(
          client, PREFIX, " wants a certificate of this client, of an authority that it trusts");
    }
  }

  @Test
  void aMissingTlsIsToldAsSuch() {
    String open = etcd.endpoint().replace("https:", "http:");
    try (EtcdCoordinator client = new EtcdCoordinator(EtcdAccess.open(open), Clock.SYSTEM)) {
      assertThat(failure(() -> client.get(PREFIX)))
          .hasMessage(
              "etcd at " + open + " closes every connection at once: it may speak TLS only");
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsToldBeforeAnythingIsContacted() {
    GantryException failure =
        failure(() -> connect(with("etcd.key", certificates.serverKey().toString()), "correct"));
    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
    assertThat(failure)
        .hasMessage(
            "--etcd-key %s cannot be used: it is not the key of the certificate in %s"
                .formatted(certificates.serverKey(), certificates.client()));
  }

  private void assertRefused(EtcdCoordinator client, String key, String reason) {
    for (Runnable call :
        List.<Runnable>of(
            () -> client.get(key), () -> client.list(key), () -> put(client, Write.put(key, "")))) {
      GantryException failure = failure(call);
      assertThat(failure).hasMessage("etcd at " + etcd.endpoint() + reason);
      assertThat(failure.code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE);
      assertThat(failure.next()).isPresent();
    }
  }

  /** Not at once: a connection that was refused tries again a little later. */
  private static boolean answers(EtcdCoordinator client) {
    try {
      return client.get(PREFIX + "k").isPresent();
    } catch (GantryException e) {
      assertThat(e).hasMessageEndingWith("connection refused");
      return false;
    }
  }

  private static GantryException failure(Runnable call) {
    GantryException failure = catchThrowableOfType(GantryException.class, call::run);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private static Outcome put(EtcdCoordinator client, Write write) {
    return client.commit(new Transaction(List.of(), List.of(write)));
  }

  private Map<String, String> options() {
    return new HashMap<>(
        Map.of(
            "etcd.endpoints", etcd.endpoint(),
            "etcd.cacert", certificates.authority().toString(),
            "etcd.cert", certificates.client().toString(),
            "etcd.key", certificates.clientKey().toString(),
            "etcd.user", "gantry"));
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> options = options();
    options.put(name, value);
    return options;
  }

  private Map<String, String> without(String name) {
    Map<String, String> options = options();
    options.remove(name);
    return options;
  }

  private static EtcdCoordinator connect(Map<String, String> options, String password) {
    PluginContext context = new PluginContext(Path.of("/"), "m", options, Clock.SYSTEM);
    return new EtcdCoordinator(
        EtcdAccess.of(context, Map.of(EtcdUser.VARIABLE, password)), Clock.SYSTEM);
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(condition::getAsBoolean);
  }
}
