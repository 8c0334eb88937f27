package gantry.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Fields;
import gantry.api.Problem;
import gantry.api.Problems;
import gantry.api.check.TerminationSignal;
import gantry.api.check.TerminationSignalFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every kind of termination signal owes: a proper name, and fields judged when read. */
public abstract class TerminationSignalFactoryContract {
  private static final String PLACE = "components[0].terminationSignals[0]";

  /** The factory under test. */
  protected abstract TerminationSignalFactory factory();

  /** Fields that are complete and right; without {@code kind} and {@code timeout}. */
  protected abstract Map<String, ?> goodFields();

  /** Names of the fields that must be written. */
  protected abstract List<String> requiredFields();

  @Test
  void kindIsOneLowerCaseWord() {
    assertThat(factory().kind()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  void goodFieldsAreNoProblem() {
    assertThat(problemsOf(goodFields())).isEmpty();
  }

  @Test
  void everyRequiredFieldIsMissedAtItsPlace() {
    for (String name : requiredFields()) {
      Map<String, Object> fields = new HashMap<>(goodFields());
      fields.remove(name);
      assertThat(problemsOf(fields)).extracting(Problem::place).containsOnly(PLACE + "." + name);
    }
  }

  @Test
  void everyFieldOfTheWrongTypeIsAProblemAtItsPlace() {
    for (String name : goodFields().keySet()) {
      Map<String, Object> fields = new HashMap<>(goodFields());
      fields.put(name, Map.of());
      assertThat(problemsOf(fields)).extracting(Problem::place).containsOnly(PLACE + "." + name);
    }
  }

  @Test
  void unknownFieldIsAProblemAtItsPlace() {
    Map<String, Object> fields = new HashMap<>(goodFields());
    fields.put("colour", "blue");
    assertThat(problemsOf(fields)).extracting(Problem::place).containsOnly(PLACE + ".colour");
  }

  /** Makes a signal from fields that must be right. */
  protected final TerminationSignal signal(Map<String, ?> fields) {
    Problems problems = new Problems();
    TerminationSignal signal = factory().create(new Fields(PLACE, fields, problems));
    assertThat(problems.list()).isEmpty();
    return signal;
  }

  /** What is found wrong with some fields, as the engine would tell it. */
  protected final List<Problem> problemsOf(Map<String, ?> values) {
    Problems problems = new Problems();
    Fields fields = new Fields(PLACE, values, problems);
    TerminationSignal signal = factory().create(fields);
    assertThat(signal).as("a factory returns a signal even from wrong fields").isNotNull();
    fields.rejectUnknown();
    return problems.list();
  }
}
