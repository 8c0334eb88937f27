package gantry.testkit.container;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The twin's registry, engine and driver for one test of the contract. */
final class InMemoryRig implements ContainerRig {
  private static final ScriptedImage COUNTING =
      ScriptedImage.serving("count")
          .withLines(IntStream.rangeClosed(1, 10).mapToObj(i -> "line " + i).toArray(String[]::new))
          .withExit(Duration.ZERO, 0);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final InMemoryEngine engine = new InMemoryEngine("rig", registry, Clock.SYSTEM);
  private final ContainerDriver driver = new InMemoryDriver(engine);

  @Override
  public ContainerDriver driver() {
    return driver;
  }

  @Override
  public String repo(String name) {
    return "registry/" + name;
  }

  @Override
  public void publish(String name, String tag, Program program) {
    registry.publish(repo(name), tag, script(program));
  }

  @Override
  public Optional<String> ask(Endpoint endpoint) {
    return engine.ask(endpoint).map(InMemoryEngine.Answer::text);
  }

  @Override
  public void close() {
    driver.close();
  }

  private static ScriptedImage script(Program program) {
    return switch (program) {
      case Program.Serves it ->
          ScriptedImage.serving(it.text())
              .withExec(InMemoryRig::exec)
              .withCommand(ExecContract.COUNT, COUNTING);
      case Program.ExitsAtOnce it ->
          ScriptedImage.serving(it.line()).withLines(it.line()).withExit(Duration.ZERO, it.code());
      case Program.IgnoresTerm it ->
          ScriptedImage.serving(it.toString()).withOnSigterm(ScriptedImage.OnSigterm.IGNORED);
      case Program.EndsOnTerm it ->
          ScriptedImage.serving(it.toString())
              .withOnSigterm(
                  new ScriptedImage.OnSigterm(
                      true, Duration.ofMillis(300), it.code(), List.of("bye")));
    };
  }

  /** The commands of the contract, without a shell. */
  private static ExecResult exec(Map<String, String> environment, List<String> command) {
    if (command.equals(ExecContract.GREET)) {
      return new ExecResult(3, environment.get("GREETING") + "\noops\n");
    }
    if (command.equals(ExecContract.FLOOD)) {
      String all = "x".repeat(63).concat("\n").repeat(3000) + "end\n";
      return new ExecResult(0, all.substring(all.length() - 64 * 1024));
    }
    if (command.equals(ExecContract.HANG)) {
      throw new GantryException(ErrorCode.TIMED_OUT, "still running");
    }
    return new ExecResult(127, "not found: " + command);
  }
}
