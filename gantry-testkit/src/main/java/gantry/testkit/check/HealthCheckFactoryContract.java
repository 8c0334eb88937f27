package gantry.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Fields;
import gantry.api.Problem;
import gantry.api.Problems;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every kind of health check owes: a proper name, and fields that are judged when read. */
public abstract class HealthCheckFactoryContract {
  private static final String PLACE = "components[0].readyChecks[0]";

  /** The factory under test. */
  protected abstract HealthCheckFactory factory();

  /** Fields that are complete and right; without {@code kind} and {@code timeout}. */
  protected abstract Map<String, ?> goodFields();

  /** Names of the fields that must be written. */
  protected abstract List<String> requiredFields();

  @Test
  void kindIsOneLowerCaseWord() {
    assertThat(factory().kind()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  void factoryCanBeMadeByThePluginHost() throws ReflectiveOperationException {
    var constructor = factory().getClass().getDeclaredConstructor();
    assertThat(Modifier.isPublic(constructor.getModifiers())).isTrue();
    assertThat(Modifier.isPublic(factory().getClass().getModifiers())).isTrue();
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

  /** Makes a check from fields that must be right. */
  protected final HealthCheck check(Map<String, ?> fields) {
    Problems problems = new Problems();
    HealthCheck check = factory().create(new Fields(PLACE, fields, problems));
    assertThat(problems.list()).isEmpty();
    return check;
  }

  /** What is found wrong with some fields, as the engine would tell it. */
  protected final List<Problem> problemsOf(Map<String, ?> values) {
    Problems problems = new Problems();
    Fields fields = new Fields(PLACE, values, problems);
    HealthCheck check = factory().create(fields);
    assertThat(check).as("a factory returns a check even from wrong fields").isNotNull();
    fields.rejectUnknown();
    return problems.list();
  }
}
