package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code gantry proxy} says of a real proxy, and does to it. */
class ProxyCommandsIT {
  private final LocalRig rig = new LocalRig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Numbers that differ from run to run, and the padding that goes with them. */
  private String normalised(String text) {
    return text.replace(Integer.toString(rig.port()), "PORT")
        .replaceAll("\\b[0-9a-f]{12,64}@[^ ]+", "LIFE")
        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "ADDRESS")
        .replaceAll("(?<![.0-9])[0-9]+\\.[0-9]+\\.[0-9]+(?![.0-9])", "VERSION")
        .replaceAll("\\b[0-9]+ seconds?", "N seconds")
        .replaceAll("(?m)^[0-9]+", "PID")
        .replaceAll("process [0-9]+", "process PID")
        .replaceAll("io_uring|epoll", "TRANSPORT")
        .replaceAll(" {2,}", "  ");
  }

  private String table(String... arguments) {
    return normalised(rig.gantry(arguments).ok().out());
  }

  @Test
  void whenNoneRunsThatIsTheAnswer() {
    String none = "no proxy runs on this machine; whatever needs one starts it\n";
    for (String command : new String[] {"status", "routes", "connections", "upgrade", "stop"}) {
      assertThat(rig.gantry("proxy", command).ok().out()).as(command).isEqualTo(none);
    }
    assertThat(rig.gantry("proxy", "status", "--output", "json").ok().out())
        .contains("\"running\" : false");
  }

  @Test
  void aRunningProxyIsShownUpgradedAndStopped() throws IOException {
    rig.gantry("update", "web").ok();
    Golden.assertSame("proxy/status", table("proxy", "status"));
    Golden.assertSame("proxy/routes", table("proxy", "routes"));
    Golden.assertSame("proxy/connections", table("proxy", "connections"));
    try (Socket open = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      open.getOutputStream().write('G');
      assertThat(table("proxy", "connections", "--list")).contains("local/web", "N seconds");
      Answer refused = rig.gantry("proxy", "stop").exits(4);
      assertThat(refused.err()).isEqualTo("the proxy goes on: 1 connection is open\n");
      Golden.assertSame("proxy/upgrade", table("proxy", "upgrade"));
      assertThat(table("proxy", "status")).contains("serving", "draining");
      assertThat(rig.gantry("proxy", "stop", "--now", "--output", "json").ok().out())
          .contains("\"connectionsEnded\" : 1");
    }
  }

  @Test
  void anIdleProxyIsStoppedWithoutAsking() {
    rig.gantry("update", "web").ok();
    assertThat(rig.gantry("proxy", "stop").ok().out())
        .isEqualTo("the proxy is told to end, with 0 connections\n");
  }
}
