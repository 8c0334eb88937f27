package gantry.cli;

import gantry.engine.plugin.LoadedPlugin;
import gantry.engine.plugin.PluginHost;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows which plugins are loaded, from where, and what they add. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Shows the loaded plugins, where they come from, and the kinds that they add.")
final class PluginsCommand implements Callable<Integer> {
  @Mixin CommonOptions options = new CommonOptions();

  @SuppressWarnings("NullAway.Init") // picocli
  @Spec
  CommandSpec spec;

  @Override
  public Integer call() {
    try (PluginHost host = PluginHost.load(options.plugins())) {
      if (options.json()) {
        List<Map<String, Object>> rows = host.plugins().stream().map(PluginsCommand::json).toList();
        JsonAnswer.print(spec.commandLine().getOut(), rows);
      } else {
        Table table = new Table(false, "PLUGIN", "VERSION", "ADDS", "FROM");
        host.plugins().forEach(p -> add(table, p));
        table.print(spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private static void add(Table table, LoadedPlugin plugin) {
    table.row(
        plugin.id(),
        plugin.version(),
        String.join(", ", plugin.kinds()),
        plugin.source() + " (" + plugin.origin() + ")");
  }

  private static Map<String, Object> json(LoadedPlugin plugin) {
    return Map.of(
        "id", plugin.id(),
        "version", plugin.version(),
        "description", plugin.description(),
        "source", plugin.source().toString(),
        "origin", plugin.origin().toString(),
        "adds", plugin.kinds());
  }
}
