package gantry.cli;

import picocli.CommandLine.Command;

/** {@code gantryd}: components of a project on all machines that share a coordinator. */
@Command(
    name = "gantryd",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Runs, updates and ends components on many machines, one after the other,"
            + " without losing a connection.",
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
      "  gantryd setconfig shop .gantry     stores the configuration of project shop",
      "  gantryd run shop -c web            this machine runs component web from now on",
      "  gantryd update shop -c web --wait  all machines take the newest image of web",
      "  gantryd plan shop -c web           what an update would do, machine by machine",
      "  gantryd status shop --watch        every machine, live",
      "  gantryd list shop --machines       shows every machine",
      "  gantryd drain shop -c web          waits for connections on old containers",
      "  gantryd rollback shop -c web       back to what served before",
      "",
      "For one machine alone: gantry --help",
    },
    subcommands = {
      SetConfigCommand.class,
      GetConfigCommand.class,
      UpdateCommand.class,
      RunCommand.class,
      ListCommand.class,
      StatusCommand.class,
      PlanCommand.class,
      StopCommand.class,
      KillCommand.class,
      FleetDrainCommand.class,
      RetryCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      PromoteCommand.class,
      HistoryCommand.class,
      RollbackCommand.class,
      VersionCommand.class,
    })
final class GantrydCommand {}
