package gantry.cli;

import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyInfo;
import gantry.api.proxy.ProxyStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Shows the proxy process, and older ones that serve their last connections. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the proxy process of this machine, and older ones that have handed over and "
          + "serve their last connections.",
      "When none runs, that is the answer; the exit code is 0.",
    },
    footer = {"", "Example:", "  gantry proxy status --output json"})
final class ProxyStatusCommand extends ProxyTask {
  @Override
  void run(Proxy proxy) {
    Optional<ProxyInfo> info = operations(proxy, "tell its status").info();
    Optional<ProxyStatus> status = proxy.status();
    if (info.isEmpty() || status.isEmpty()) {
      sayNoneRuns();
      return;
    }
    long open = status.get().backends().stream().mapToLong(BackendStatus::connections).sum();
    if (options.json()) {
      JsonAnswer.print(out(), json(info.get(), open));
    } else {
      print(info.get(), open);
    }
  }

  private void print(ProxyInfo info, long open) {
    long older = info.older().values().stream().mapToLong(Long::longValue).sum();
    Table table =
        new Table(
            false, "PROCESS", "STATUS", "VERSION", "UPTIME", "TRANSPORT", "LOOPS", "CONNECTIONS");
    table.row(
        Long.toString(info.pid()),
        "serving",
        info.version(),
        "Up " + Ages.words(info.uptime()),
        info.transport(),
        Integer.toString(info.loops()),
        Long.toString(Math.max(0, open - older)));
    new TreeMap<>(info.older())
        .forEach(
            (pid, count) ->
                table.row(
                    Long.toString(pid), "draining", "-", "-", "-", "-", Long.toString(count)));
    table.print(out());
    info.metrics().ifPresent(address -> say("metrics: http://" + address + "/metrics"));
    info.unbound()
        .forEach(
            (listener, reason) ->
                say("does not listen on " + listener + ", tries again: " + reason));
  }

  private static Map<String, Object> json(ProxyInfo info, long open) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("running", true);
    json.put("pid", info.pid());
    json.put("version", info.version());
    json.put("transport", info.transport());
    json.put("loops", info.loops());
    json.put("uptimeSeconds", info.uptime().toSeconds());
    json.put("connections", open);
    info.metrics().ifPresent(address -> json.put("metrics", address));
    List<Object> older = new ArrayList<>();
    new TreeMap<>(info.older())
        .forEach((pid, count) -> older.add(Map.of("pid", pid, "connections", count)));
    json.put("older", older);
    Map<String, String> unbound = new TreeMap<>();
    info.unbound().forEach((listener, reason) -> unbound.put(listener.toString(), reason));
    json.put("unbound", unbound);
    return json;
  }
}
