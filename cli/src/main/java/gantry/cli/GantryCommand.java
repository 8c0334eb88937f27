package gantry.cli;

import picocli.CommandLine.Command;

/** {@code gantry}: components of this machine. */
@Command(
    name = "gantry",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs, updates and ends components on this machine, without losing a connection.",
    footer = {
      "",
      "Examples:",
      "  gantry demo                 shows it all, with nothing but this machine",
      "  gantry update web           takes the newest image of component web",
      "  gantry list web             shows its containers, draining ones too",
      "",
      "For a fleet of machines: gantryd --help",
    },
    subcommands = {
      LocalListCommand.class,
      LocalStartCommand.class,
      LocalUpdateCommand.class,
      LocalStopCommand.class,
      LocalKillCommand.class,
      PluginsCommand.class,
      VersionCommand.class,
      DrainCommand.class,
    })
final class GantryCommand {}
