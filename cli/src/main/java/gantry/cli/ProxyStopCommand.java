package gantry.cli;

import gantry.api.proxy.Proxy;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the proxy. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Ends the proxy of this machine, unless connections are open.",
      "Its routes stay: whatever needs a proxy next starts it with them. An agent that runs "
          + "on this machine does so at once.",
    },
    footer = {"", "Example:", "  gantry proxy stop --now"})
final class ProxyStopCommand extends ProxyTask {
  @Option(names = "--now", description = "Also when connections are open; they are cut off.")
  boolean now;

  @Override
  void run(Proxy proxy) {
    OptionalLong ended = operations(proxy, "be stopped").stop(now);
    if (ended.isEmpty()) {
      sayNoneRuns();
    } else if (options.json()) {
      JsonAnswer.print(out(), Map.of("running", false, "connectionsEnded", ended.getAsLong()));
    } else {
      say("the proxy is told to end, with " + connections(ended.getAsLong()));
    }
  }

  static String connections(long count) {
    return count + (count == 1 ? " connection" : " connections");
  }
}
