package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Problem;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.check.Verdict;
import gantry.testkit.check.FakeTarget;
import gantry.testkit.check.TerminationSignalFactoryContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecTerminationSignalTest extends TerminationSignalFactoryContract {
  private static final List<String> COMMAND = List.of("/bin/retire", "--token", "s3cret");

  @Override
  protected TerminationSignalFactory factory() {
    return new ExecTerminationSignalFactory();
  }

  @Override
  protected Map<String, ?> goodFields() {
    return Map.of("command", COMMAND);
  }

  @Override
  protected List<String> requiredFields() {
    return List.of("command");
  }

  @Test
  void runsTheCommandInTheContainer() {
    FakeTarget target = new FakeTarget();
    assertThat(send(target)).isEqualTo(Verdict.healthy());
    assertThat(target.commands()).containsExactly(COMMAND);
  }

  @Test
  void otherExitCodeIsUnhealthyWithoutShowingArguments() {
    assertThat(send(new FakeTarget().withExecResult(3, "one\nno such queue.\n\n")))
        .isEqualTo(
            Verdict.unhealthy(
                "'/bin/retire' ended with exit code 3, expected 0; its last line: no such queue"));
    assertThat(send(new FakeTarget().withExecResult(127, " \n")))
        .isEqualTo(Verdict.unhealthy("'/bin/retire' ended with exit code 127, expected 0"));
  }

  @Test
  void emptyCommandIsAProblem() {
    assertThat(problemsOf(Map.of("command", List.of())))
        .containsExactly(
            new Problem(
                "components[0].terminationSignals[0].command",
                "expected a list of texts: the program and its arguments, found an empty list"));
  }

  private Verdict send(FakeTarget target) {
    return signal(goodFields()).send(target, Duration.ofSeconds(1));
  }
}
