package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.api.proxy.Route;
import gantry.engine.plan.Action;
import gantry.engine.plan.Plan;
import gantry.engine.simulation.Gate.Call;
import java.util.List;
import java.util.stream.Collectors;

/** How plans and calls read in a trace. */
final class Words {
  private Words() {}

  static String of(Plan plan) {
    return plan.actions().stream().map(Words::of).collect(Collectors.joining(", "));
  }

  private static String of(Action action) {
    return action.getClass().getSimpleName() + " (" + action.reason() + ")";
  }

  static String of(Call call, Object[] arguments) {
    Object first = arguments == null || arguments.length == 0 ? "" : arguments[0];
    String what =
        switch (first) {
          case ContainerId id -> id.brief();
          case ContainerSpec spec -> spec.name();
          case Transaction transaction -> writes(transaction);
          case String owner when call.name().equals("apply") -> routes(arguments[1]);
          default -> "";
        };
    return call + " " + what;
  }

  private static String writes(Transaction transaction) {
    return transaction.writes().stream()
        .map(
            write ->
                switch (write) {
                  case Write.Put put -> brief(put.key()) + "=" + put.value();
                  case Write.Delete delete -> "-" + brief(delete.key());
                })
        .collect(Collectors.joining("; "));
  }

  private static String brief(String key) {
    return key.substring(key.indexOf("/web/") + 5);
  }

  private static String routes(Object routes) {
    return ((List<?>) routes)
        .stream()
            .map(Route.class::cast)
            .flatMap(route -> route.backends().stream())
            .map(backend -> backend.id().substring(0, 12))
            .toList()
            .toString();
  }
}
