package gantry.engine;

import gantry.api.container.Image;
import gantry.engine.Forecast.Against;
import gantry.engine.Forecast.MachineForecast;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.UpdateOrder;
import gantry.engine.store.Drain;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.SlotView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells from what is known of the machines what an update would do. Pure. */
final class Forecaster {
  private final RolloutStatus status;
  private final Map<Long, Revision> running;
  private final RolloutSnapshot rollout;

  /**
   * For one component.
   *
   * @param running revisions that machines run, by number
   */
  Forecaster(RolloutStatus status, Map<Long, Revision> running, RolloutSnapshot rollout) {
    this.status = status;
    this.running = running;
    this.rollout = rollout;
  }

  Forecast of(ComponentSpec spec, Image image) {
    long number = status.revision().map(Revision::number).orElse(0L) + 1;
    List<MachineForecast> machines =
        status.machines().stream().map(m -> machine(m, spec, number)).toList();
    List<Against> differences =
        running.values().stream()
            .map(
                r -> new Against(r.number(), Differences.between(r.spec(), r.image(), spec, image)))
            .toList();
    return new Forecast(spec, image, number, machines, differences);
  }

  private MachineForecast machine(MachineStatus machine, ComponentSpec spec, long number) {
    long now = machine.record().revision();
    if (!machine.present()) {
      return new MachineForecast(
          machine.name(), now, "nothing yet", "its agent is away", Optional.empty());
    }
    return new MachineForecast(
        machine.name(), now, what(spec, now, number), why(machine, now), drain(machine));
  }

  private static String what(ComponentSpec spec, long now, long number) {
    String begin = "start" + checks(spec) + ", switch to revision " + number;
    if (now == 0) {
      return "pull, " + begin;
    }
    String drain = "drain revision " + now;
    return spec.update().order() == UpdateOrder.STOP_FIRST
        ? "pull, " + drain + " and stop it, " + begin
        : "pull, " + begin + ", " + drain;
  }

  private static String checks(ComponentSpec spec) {
    List<String> kinds = spec.readyChecks().stream().map(CheckSpec::kind).toList();
    return kinds.isEmpty() ? "" : ", check " + String.join(" and ", kinds);
  }

  private String why(MachineStatus machine, long now) {
    Optional<SlotView> admission = rollout.admissionOf(machine.name());
    if (admission.isPresent()) {
      long other = admission.get().admission().orElseThrow().value().revision();
      return "it gives up its update to revision " + other;
    }
    if (machine.record().phase() == Phase.FAILED) {
      return "its last update failed: " + machine.record().reason();
    }
    return now == 0 ? "nothing runs there" : "it runs revision " + now;
  }

  /** The serving container would be drained; without connections it would end at once. */
  private static Optional<Drain> drain(MachineStatus machine) {
    return machine.record().serving().filter(d -> d.connections() > 0);
  }
}
