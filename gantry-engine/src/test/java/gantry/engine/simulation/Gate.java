package gantry.engine.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * What stands between an agent and everything that it reaches: here calls meet the weather, and the
 * rules see what is done.
 */
final class Gate {
  private static final Set<String> READS =
      Set.of("read", "get", "list", "inspect", "status", "logs");
  private static final Set<String> EFFECTS =
      Set.of("commit", "openSession", "pull", "create", "start", "stop", "kill", "remove", "apply");

  private final Life life;
  private final Weather weather;
  private final CallRules rules;

  Gate(Life life) {
    this.life = life;
    this.weather = new Weather(life);
    this.rules = new CallRules(life);
  }

  /** The same part behind this gate. */
  <T> T before(Class<T> type, T part) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                call(new Call(type, method.getName()), part, method, arguments));
    return type.cast(proxy);
  }

  /** A call by the part that it goes to and its name. */
  record Call(Class<?> part, String name) {
    boolean isEffect() {
      return EFFECTS.contains(name);
    }

    boolean matters() {
      return isEffect() || READS.contains(name);
    }

    @Override
    public String toString() {
      return part.getSimpleName() + "." + name;
    }
  }

  private Object call(Call call, Object part, Method method, Object[] arguments) throws Throwable {
    if (!call.matters()) {
      return pass(part, method, arguments);
    }
    weather.before(call);
    if (call.isEffect()) {
      return effect(call, part, method, arguments);
    }
    Object answer = pass(part, method, arguments);
    weather.after(call);
    return answer;
  }

  private Object effect(Call call, Object part, Method method, Object[] arguments)
      throws Throwable {
    life.machine.world.trace.say(() -> life.name + " calls " + Words.of(call, arguments));
    rules.before(call, arguments);
    Object answer = pass(part, method, arguments);
    rules.after(call, answer);
    life.machine.world.rules.check(life.machine);
    weather.after(call);
    return answer;
  }

  private static Object pass(Object part, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(part, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
