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
    footer = {
      "",
      "Examples:",
      "  gantryd setconfig shop .gantry     stores the configuration of project shop",
      "  gantryd run shop -c web            this machine runs component web from now on",
      "  gantryd update shop -c web --wait  all machines take the newest image of web",
      "  gantryd list shop --machines       shows every machine",
      "",
      "For one machine alone: gantry --help",
    },
    subcommands = {
      SetConfigCommand.class,
      GetConfigCommand.class,
      UpdateCommand.class,
      RunCommand.class,
      ListCommand.class,
      StopCommand.class,
      KillCommand.class,
      RetryCommand.class,
      VersionCommand.class,
    })
final class GantrydCommand {}
