package gantry.cli;

import gantry.engine.ContainerLine;
import gantry.engine.Machine;
import gantry.engine.spec.ComponentSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists a component's containers on this machine. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the component's containers on this machine, newest first.",
      "-o wide shows their connections too: how many, the oldest one's age, for how long the "
          + "container drains, and since when none of them had a byte.",
    })
final class LocalListCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) {
    List<ContainerLine> lines = machine.list(found.name());
    if (options.json()) {
      JsonAnswer.print(out(), lines.stream().map(LocalListCommand::json).toList());
      return 0;
    }
    if (options.output == OutputFormat.WIDE) {
      wide(lines);
      return 0;
    }
    Table table = new Table(true, "CONTAINER ID", "UPTIME", "IMAGE ID", "STATUS");
    for (ContainerLine line : lines) {
      table.row(line.id().brief(), uptime(line), line.imageName(), line.status());
    }
    table.print(out());
    return 0;
  }

  private void wide(List<ContainerLine> lines) {
    Table table =
        new Table(
            false,
            "CONTAINER ID",
            "UPTIME",
            "IMAGE ID",
            "STATUS",
            "REVISION",
            "CONNECTIONS",
            "OLDEST",
            "DRAINING",
            "SILENT");
    for (ContainerLine line : lines) {
      boolean open = line.connections().orElse(0) > 0;
      table.row(
          line.id().brief(),
          uptime(line),
          line.imageName(),
          line.status(),
          Long.toString(line.revision()),
          line.connections().isPresent() ? Long.toString(line.connections().getAsLong()) : "?",
          open ? Ages.words(line.oldest()) : "-",
          line.draining().map(Ages::words).orElse("-"),
          line.idle().map(Ages::words).orElse("-"));
    }
    table.print(out());
  }

  private static String uptime(ContainerLine line) {
    return line.uptime().map(age -> "Up " + Ages.words(age)).orElse("-");
  }

  static Map<String, Object> json(ContainerLine line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", line.id().value());
    json.put("revision", line.revision());
    json.put("imageId", line.imageId());
    json.put("image", line.imageName());
    json.put("status", line.status());
    json.put("uptimeSeconds", line.uptime().map(Duration::toSeconds).orElse(0L));
    line.connections().ifPresent(count -> json.put("connections", count));
    json.put("oldestSeconds", line.oldest().toSeconds());
    line.draining().ifPresent(time -> json.put("drainingSeconds", time.toSeconds()));
    line.idle().ifPresent(time -> json.put("idleSeconds", time.toSeconds()));
    return json;
  }
}
