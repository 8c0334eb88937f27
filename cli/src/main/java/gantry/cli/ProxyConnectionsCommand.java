package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.OpenConnection;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is open: how many per backend, or each one. */
@Command(
    name = "connections",
    mixinStandardHelpOptions = true,
    description = "Shows how many connections each backend has, or the connections themselves.",
    footer = {
      "",
      "Examples:",
      "  gantry proxy connections",
      "  gantry proxy connections --list --limit 20   the 20 oldest",
    })
final class ProxyConnectionsCommand extends ProxyTask {
  private static final int MOST = 10_000;

  @Option(names = "--list", description = "One row for each connection, the oldest first.")
  boolean list;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most connections that are listed, 1 to 10000 (default: 100).")
  int limit = 100;

  @Override
  void run(Proxy proxy) {
    if (limit < 1 || limit > MOST) {
      throw new GantryException(
          ErrorCode.USAGE, "--limit: expected 1 to " + MOST + ", found " + limit);
    }
    Optional<ProxyStatus> status = proxy.status();
    if (status.isEmpty()) {
      sayNoneRuns();
    } else if (list) {
      print(operations(proxy, "list connections").connections(limit));
    } else {
      count(status.get().backends());
    }
  }

  private void count(List<BackendStatus> backends) {
    if (options.json()) {
      JsonAnswer.print(out(), backends.stream().map(ProxyConnectionsCommand::json).toList());
      return;
    }
    Table table = new Table(false, "OWNER", "BACKEND", "CONNECTIONS", "OLDEST");
    for (BackendStatus backend : backends) {
      table.row(
          backend.owner(),
          backend.id(),
          Long.toString(backend.connections()),
          backend.connections() == 0 ? "-" : Ages.words(backend.oldest()));
    }
    table.print(out());
  }

  private void print(List<OpenConnection> open) {
    if (options.json()) {
      JsonAnswer.print(out(), open.stream().map(ProxyConnectionsCommand::json).toList());
      return;
    }
    Table table =
        new Table(
            false,
            "CLIENT",
            "LISTENER",
            "OWNER",
            "BACKEND",
            "AGE",
            "IDLE",
            "BYTES IN",
            "BYTES OUT");
    for (OpenConnection c : open) {
      table.row(
          orDash(c.client()),
          orDash(c.listener()),
          c.owner(),
          c.backend(),
          Ages.words(c.age()),
          Ages.words(c.idle()),
          Long.toString(c.bytesIn()),
          Long.toString(c.bytesOut()));
    }
    table.print(out());
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static Map<String, Object> json(BackendStatus backend) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", backend.owner());
    json.put("backend", backend.id());
    json.put("connections", backend.connections());
    json.put("oldestSeconds", backend.oldest().toSeconds());
    return json;
  }

  private static Map<String, Object> json(OpenConnection c) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("client", c.client());
    json.put("listener", c.listener());
    json.put("owner", c.owner());
    json.put("backend", c.backend());
    json.put("ageSeconds", c.age().toSeconds());
    json.put("idleSeconds", c.idle().toSeconds());
    json.put("bytesIn", c.bytesIn());
    json.put("bytesOut", c.bytesOut());
    return json;
  }
}
