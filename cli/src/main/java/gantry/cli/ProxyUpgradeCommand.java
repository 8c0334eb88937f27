package gantry.cli;

import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Has a newer proxy process take over from the one that runs. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a proxy of this version, which takes over the listening sockets of the one "
          + "that runs.",
      "No client is refused or cut off: the old process keeps its connections and ends with "
          + "the last one. When anything fails, the old one serves on.",
    },
    footer = {"", "Example:", "  gantry proxy upgrade && gantry proxy status"})
final class ProxyUpgradeCommand extends ProxyTask {
  @Override
  void run(Proxy proxy) {
    Optional<ProxyInfo> fresh = operations(proxy, "hand over").upgrade();
    if (fresh.isEmpty()) {
      sayNoneRuns();
      return;
    }
    ProxyInfo info = fresh.get();
    long left = info.older().values().stream().mapToLong(Long::longValue).sum();
    if (options.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("running", true);
      json.put("pid", info.pid());
      json.put("version", info.version());
      json.put("olderConnections", left);
      JsonAnswer.print(out(), json);
    } else {
      say(
          "process %d of version %s serves; older ones have %s left"
              .formatted(info.pid(), info.version(), ProxyStopCommand.connections(left)));
    }
  }
}
