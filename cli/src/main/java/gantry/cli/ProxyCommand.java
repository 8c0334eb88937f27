package gantry.cli;

import picocli.CommandLine.Command;

/** What there is to see and to do about this machine's proxy. */
@Command(
    name = "proxy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows this machine's proxy, has a newer one take over, or ends it.",
    footer = {
      "",
      "Examples:",
      "  gantry proxy status               which process carries the traffic",
      "  gantry proxy connections --list   who is connected to what, oldest first",
      "  gantry proxy upgrade              a newer process takes over, nobody is cut off",
    },
    subcommands = {
      ProxyStatusCommand.class,
      ProxyRoutesCommand.class,
      ProxyConnectionsCommand.class,
      ProxyUpgradeCommand.class,
      ProxyStopCommand.class,
    })
final class ProxyCommand {}
