package gantry.cli;

import picocli.CommandLine.Command;

/** {@code gantry}: components of this machine. */
@Command(
    name = "gantry",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs, updates and ends components on this machine, without losing a connection.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is done",
      "1:a defect in Gantry or in a plugin",
      "2:the command line is wrong",
      "3:the configuration is wrong, or a name is unknown",
      "4:engine, coordinator, proxy, registry or a plugin does not work",
      "5:the update failed; what served before serves still",
      "6:the time that was allowed has passed",
    },
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
      DrainCommand.class,
      DemoCommand.class,
      ProxyCommand.class,
      PluginsCommand.class,
      VersionCommand.class,
    })
final class GantryCommand {}
