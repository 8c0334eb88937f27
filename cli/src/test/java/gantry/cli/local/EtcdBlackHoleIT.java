package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands at an etcd that takes connections and never says a word. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EtcdBlackHoleIT {
  /** The etcd plugin's limit for a call, a second for one that is late, and the JVM's start. */
  private static final Duration BOUND = Duration.ofSeconds(8);

  /** Three that are refused at once take less, unless the machine is busy with something else. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  private final LocalRig rig = new LocalRig();
  private final ServerSocket hole = listen();
  private Duration allowed = BOUND;

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  void measureThisMachine() {
    Duration refused = slowest(atOnce("list shop | list shop | list shop", nobody()));
    if (refused.compareTo(IDLE) > 0) {
      allowed = BOUND.plus(refused.multipliedBy(2));
    }
  }

  @AfterAll
  void close() throws IOException {
    hole.close();
    rig.close();
  }

  /** A few at a time: they wait more than they work, but the start of each takes a processor. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "setconfig shop .gantry | getconfig shop | update shop -c web",
        "update shop -c web --wait | update shop -c web --dry-run | list shop",
        "list shop --machines | status shop | plan shop -c web",
        "stop shop -c web | kill shop -c web | retry shop -c web",
        "pause shop -c web | resume shop -c web | promote shop -c web",
        "history shop -c web | rollback shop -c web",
      })
  void aCommandSaysWhatDoesNotAnswerAndEnds(String commands) {
    List<Answer> answers = atOnce(commands, endpoint());
    assertThat(answers).allSatisfy(this::assertTold);
    assertThat(slowest(answers)).isLessThan(allowed);
  }

  @Test
  void anAgentSaysWhatItWaitsForAndGoesOnWaiting() {
    rig.with("GANTRY_ETCD", endpoint());
    RunningCommand agent = rig.start("gantryd", "run", "shop", "-c", "web");
    agent.warns("waiting for an answer of etcd at " + endpoint());
    agent.says("Running web of project shop");
    assertThat(agent.isRunning()).isTrue();
  }

  private void assertTold(Answer answer) {
    List<String> lines = answer.exits(4).err().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("waiting for an answer of etcd at " + endpoint());
    assertThat(lines.get(1))
        .startsWith("etcd at " + endpoint() + " d")
        .containsPattern("no (connection|answer) within 5000 ms$");
    assertThat(lines.get(2)).startsWith("next: ").contains("check that etcd runs there");
  }

  private List<Answer> atOnce(String commands, String etcd) {
    rig.with("GANTRY_ETCD", etcd);
    List<RunningCommand> running =
        Stream.of(commands.split(" \\| ", -1))
            .map(line -> rig.start("gantryd", line.split(" ", -1)))
            .toList();
    return running.stream().map(RunningCommand::answer).toList();
  }

  private static Duration slowest(List<Answer> answers) {
    return answers.stream().map(Answer::took).max(Duration::compareTo).orElseThrow();
  }

  private static String nobody() {
    return "http://127.0.0.1:" + FreePorts.next();
  }

  private String endpoint() {
    return "http://127.0.0.1:" + hole.getLocalPort();
  }
}
