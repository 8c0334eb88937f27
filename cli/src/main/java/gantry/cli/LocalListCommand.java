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
    description = "Lists the component's containers on this machine, newest first.")
final class LocalListCommand extends LocalCommand {
  @Override
  int run(Machine machine, ComponentSpec found) {
    List<ContainerLine> lines = machine.list(found.name());
    if (options.json()) {
      JsonAnswer.print(out(), lines.stream().map(LocalListCommand::json).toList());
      return 0;
    }
    Table table = new Table(true, "CONTAINER ID", "UPTIME", "IMAGE ID", "STATUS");
    for (ContainerLine line : lines) {
      table.row(line.id().brief(), uptime(line), line.imageName(), line.status());
    }
    table.print(out());
    return 0;
  }

  private static String uptime(ContainerLine line) {
    return line.uptime().map(age -> "Up " + Ages.words(age)).orElse("-");
  }

  private static Map<String, Object> json(ContainerLine line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", line.id().value());
    json.put("revision", line.revision());
    json.put("imageId", line.imageId());
    json.put("image", line.imageName());
    json.put("status", line.status());
    json.put("uptimeSeconds", line.uptime().map(Duration::toSeconds).orElse(0L));
    line.connections().ifPresent(count -> json.put("connections", count));
    return json;
  }
}
