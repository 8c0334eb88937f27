package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.DrainWatch;
import gantry.engine.DrainWatch.MachineDrains;
import gantry.engine.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits for drains on all machines, or ends them. */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what drains of components on all machines, and waits until nothing does.",
      "After Ctrl-C drains go on, and what was told to end ends.",
    },
    footer = {
      "",
      "Examples:",
      "  gantryd drain shop -c web                    waits for the last connection",
      "  gantryd drain shop -c web --now              ends what drains now",
      "  gantryd drain shop -c web --now --machine a  the same on one machine alone",
    })
final class FleetDrainCommand extends ProjectCommand {
  @Mixin ComponentsOption components = new ComponentsOption();

  @Option(
      names = "--machines",
      split = ",",
      paramLabel = "MACHINE",
      description =
          "Only on these machines, with commas between; --machine on the command line names one.")
  List<String> machines = List.of();

  @Option(
      names = "--now",
      description =
          "End what drains at once: its containers are shut down, its connections are lost. What"
              + " serves is not touched, nor what begins to drain later. A machine that is away"
              + " does it when it is back.")
  boolean now;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Give up waiting after this time, such as 90s, 10m or 1h.")
  @Nullable Duration timeout;

  @Override
  int run(Project found) throws Exception {
    Map<String, DrainWatch> watches = new LinkedHashMap<>();
    for (String component : components.distinct()) {
      watches.put(component, found.drains(component, named()));
    }
    Map<String, List<MachineDrains>> begun = new LinkedHashMap<>();
    watches.forEach((component, drains) -> begun.put(component, begin(component, drains)));
    Map<String, Object> answer = new LinkedHashMap<>();
    for (Map.Entry<String, DrainWatch> watch : watches.entrySet()) {
      List<MachineDrains> machines = begun.getOrDefault(watch.getKey(), List.of());
      List<String> away = await(watch.getKey(), watch.getValue(), machines);
      answer.put(
          watch.getKey(),
          machines.stream().map(m -> json(m, !away.contains(m.machine()))).toList());
    }
    if (options.json()) {
      JsonAnswer.print(out(), answer);
    }
    return 0;
  }

  /** The environment's name of this machine chooses nothing. */
  private List<String> named() {
    List<String> all = new ArrayList<>(machines);
    if (options.machine != null
        && spec.commandLine().getParseResult().hasMatchedOption("--machine")) {
      all.add(options.machine);
    }
    return all;
  }

  private List<MachineDrains> begin(String component, DrainWatch drains) {
    List<MachineDrains> begun = now ? drains.end() : drains.look();
    for (MachineDrains machine : begun) {
      machine
          .drains()
          .forEach(
              drain ->
                  say(
                      "%s on %s: component %s, %s"
                          .formatted(
                              now ? "Ending" : "Draining",
                              machine.machine(),
                              component,
                              DrainLine.of(drain))));
    }
    return begun;
  }

  /** Answers the machines that are away and go on later. */
  private List<String> await(String component, DrainWatch drains, List<MachineDrains> begun)
      throws InterruptedException {
    Progress progress = new Progress(component, begun);
    Optional<Duration> limit = Optional.ofNullable(timeout);
    boolean over =
        now ? drains.awaitEnded(limit, progress::tell) : drains.awaitDrained(limit, progress::tell);
    if (!over) {
      throw timedOut(component, progress.left);
    }
    progress.left.forEach(machine -> say("Machine " + machine + " is away: it goes on when back"));
    if (progress.left.isEmpty()) {
      String how = now ? ": ended" : ": nothing drains any more";
      say("Component " + component + (begun.isEmpty() ? ": nothing drains" : how));
    }
    return progress.left;
  }

  /** One line for each machine that is done. */
  private final class Progress {
    private final String component;
    private List<String> left;

    Progress(String component, List<MachineDrains> begun) {
      this.component = component;
      this.left = begun.stream().map(MachineDrains::machine).toList();
    }

    void tell(List<MachineDrains> now) {
      List<String> names = now.stream().map(MachineDrains::machine).toList();
      left.stream()
          .filter(machine -> !names.contains(machine))
          .forEach(machine -> say("Component " + component + " on " + machine + ": done"));
      left = names;
    }
  }

  private GantryException timedOut(String component, List<String> left) {
    String command = "gantryd drain " + project + " -c " + component;
    return new GantryException(
        ErrorCode.TIMED_OUT,
        "component '%s' was not drained in time on: %s; %s"
            .formatted(
                component,
                String.join(", ", left),
                now ? "these machines end it as soon as they can" : "the drains go on"),
        now ? "gantryd list " + project + " --machines" : command + ", or with --now",
        null);
  }

  private static Map<String, Object> json(MachineDrains machine, boolean ended) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine.machine());
    json.put("present", machine.present());
    json.put("ended", ended);
    json.put("drains", machine.drains().stream().map(StatusCommand::json).toList());
    return json;
  }
}
