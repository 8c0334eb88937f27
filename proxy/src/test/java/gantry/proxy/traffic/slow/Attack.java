package gantry.proxy.traffic.slow;

import static org.awaitility.Awaitility.await;

import gantry.proxy.wire.WireAddress;
import gantry.testkit.server.ServerCommand;
import gantry.testkit.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ways in which {@code slowhttptest} holds connections. */
enum Attack {
  /** A head that never ends. */
  SLOW_HEADERS("-H -i 1 -x 10"),

  /** A body of 1 MB, some bytes a second. */
  SLOW_BODY("-B -i 1 -x 10 -s 1000000"),

  /** An answer of 1 MB that is read in sips, through a window of some bytes. */
  SLOW_READ("-X -w 10 -y 20 -n 1 -z 32");

  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(30);
  private static final String PATH = "/1000000";

  private final String options;

  Attack(String options) {
    this.options = options;
  }

  /**
   * Attacks until all connections are closed or the time is over; returns what slowhttptest says at
   * its end.
   */
  String run(WireAddress target, int connections, Duration time, Path folder) {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("-c", connections + "", "-r", Math.max(100, connections / 4) + ""));
    arguments.addAll(List.of("-l", time.toSeconds() + "", "-p", time.toSeconds() + ""));
    arguments.addAll(List.of("-u", "http://" + target + PATH, "-v", "1"));
    Path log = folder.resolve(this + ".log");
    ServerCommand command = new ServerCommand("slowhttptest", "slowhttptest", arguments, log);
    try (ServerProcess process = ServerProcess.start(command, () -> true, START)) {
      await().atMost(time.plus(LATE)).until(() -> !process.isAlive());
      return process.logTail();
    }
  }
}
