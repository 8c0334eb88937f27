package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.MachineId;
import gantry.engine.Settings;
import gantry.engine.StateFolder;
import gantry.engine.plugin.PluginsFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every command has, each with an environment variable. */
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${env:GANTRY_CONFIG:-.gantry}",
      description = "The configuration (GANTRY_CONFIG; default: .gantry in the working directory).")
  Path config = Path.of(".gantry");

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${env:GANTRY_HOME}",
      description =
          "Gantry's state folder (GANTRY_HOME; default: /var/lib/gantry for root,"
              + " ~/.local/state/gantry for others).")
  @Nullable Path stateDir;

  @Mixin EtcdOptions etcd = new EtcdOptions();

  @Option(
      names = "--coordinator",
      paramLabel = "KIND",
      defaultValue = "${env:GANTRY_COORDINATOR}",
      description =
          "etcd, local, or a plugin's kind (GANTRY_COORDINATOR; default: etcd for gantryd, local"
              + " for gantry).")
  @Nullable String coordinator;

  @Option(
      names = "--coordinator-dir",
      paramLabel = "DIR",
      defaultValue = "${env:GANTRY_COORDINATOR_DIR}",
      description =
          "Where the local coordinator keeps its files (GANTRY_COORDINATOR_DIR; default: in the"
              + " state folder). Agents on one host that name the same folder are a fleet.")
  @Nullable Path coordinatorDir;

  @Option(
      names = "--driver",
      paramLabel = "KIND",
      defaultValue = "${env:GANTRY_DRIVER:-docker}",
      description = "docker, process, or a plugin's kind (GANTRY_DRIVER; default: docker).")
  String driver = "docker";

  @Option(
      names = "--addressing",
      paramLabel = "WAY",
      defaultValue = "${env:GANTRY_ADDRESSING:-auto}",
      description =
          "How Docker containers are reached: direct, published on loopback, or auto"
              + " (GANTRY_ADDRESSING; default: auto).")
  String addressing = "auto";

  @Option(
      names = "--plugins-dir",
      paramLabel = "DIR",
      defaultValue = "${env:GANTRY_PLUGINS_DIR}",
      description =
          "Folder of dropped-in plugins (GANTRY_PLUGINS_DIR; default: plugins/ of the"
              + " installation).")
  @Nullable Path pluginsDir;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      defaultValue = "${env:GANTRY_MACHINE}",
      description =
          "This machine's name (GANTRY_MACHINE; default: an id kept in the state folder).")
  @Nullable String machine;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:GANTRY_BIND:-0.0.0.0}",
      description = "Address of the proxy's listeners (GANTRY_BIND; default: all).")
  String bind = "0.0.0.0";

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      defaultValue = "${env:GANTRY_LEASE:-10}",
      description =
          "How long after its death a machine still counts as there (GANTRY_LEASE;"
              + " default: 10).")
  int leaseSeconds = 10;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "${env:GANTRY_OUTPUT:-table}",
      description =
          "table, json, or wide: a table with more columns where there are any"
              + " (GANTRY_OUTPUT; default: table).")
  OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what is done and why, on standard error.")
  boolean verbose;

  /** Whether answers are one JSON document. */
  boolean json() {
    return output == OutputFormat.JSON;
  }

  Settings settings(String defaultCoordinator) {
    Path state = StateFolder.ready(stateFolder().toAbsolutePath().normalize());
    Settings settings =
        Settings.of(state, machine == null ? MachineId.in(state) : name(machine))
            .withBind(bind)
            .withDriver(driver)
            .withCoordinator(coordinator == null ? defaultCoordinator : coordinator)
            .withLeaseTtl(lease())
            .withOption("docker.addressing", addressing);
    settings = etcd.into(settings);
    if (coordinatorDir != null) {
      Path folder = StateFolder.ready(coordinatorDir.toAbsolutePath().normalize());
      settings = settings.withOption("coordinator.dir", folder.toString());
    }
    return withEnvironment(settings);
  }

  private static Settings withEnvironment(Settings settings) {
    String dockerHost = System.getenv("DOCKER_HOST");
    Settings withEngine =
        dockerHost == null || dockerHost.isBlank()
            ? settings
            : settings.withOption("docker.host", dockerHost);
    return Installation.proxyLauncher()
        .map(launcher -> withEngine.withOption("proxy.command", launcher.toString()))
        .orElse(withEngine);
  }

  Optional<PluginsFolder> plugins() {
    if (pluginsDir != null) {
      return Optional.of(PluginsFolder.named(pluginsDir));
    }
    return Installation.home().map(home -> PluginsFolder.standard(home.resolve("plugins")));
  }

  private Duration lease() {
    if (leaseSeconds < 2 || leaseSeconds > 600) {
      throw new GantryException(
          ErrorCode.USAGE, "--lease: expected 2 to 600 seconds, found " + leaseSeconds);
    }
    return Duration.ofSeconds(leaseSeconds);
  }

  private static String name(String machine) {
    if (!Names.isName(machine)) {
      throw new GantryException(
          ErrorCode.USAGE,
          "--machine: expected a name of at most 63 letters, digits, '_', '.' and '-', found '"
              + machine
              + "'");
    }
    return machine;
  }

  private Path stateFolder() {
    if (stateDir != null) {
      return stateDir;
    }
    String home = System.getProperty("user.home", "/");
    if (System.getProperty("user.name", "").equals("root")) {
      return Path.of("/var/lib/gantry");
    }
    String xdg = System.getenv("XDG_STATE_HOME");
    Path base = xdg == null || xdg.isBlank() ? Path.of(home, ".local", "state") : Path.of(xdg);
    return base.resolve("gantry");
  }
}
