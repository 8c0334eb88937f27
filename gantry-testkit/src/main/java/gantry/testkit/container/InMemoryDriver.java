package gantry.testkit.container;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.ExecResult;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A driver whose containers are scripts in memory: the honest twin of the real ones, for tests and
 * simulation. It keeps nothing itself, so that a second driver of one {@link InMemoryEngine} is
 * what an agent finds after a restart.
 */
public final class InMemoryDriver implements ContainerDriver {
  private final InMemoryEngine engine;
  private final List<Subscription> watches = new CopyOnWriteArrayList<>();

  /** A driver of this engine. */
  public InMemoryDriver(InMemoryEngine engine) {
    this.engine = engine;
  }

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public Image resolve(String repo, String tag, Duration timeout) {
    return call(Operation.RESOLVE, () -> engine.registry.resolve(repo, tag));
  }

  @Override
  public void pull(Image image, PullListener listener, Duration timeout) {
    run(Operation.PULL, () -> fetch(image, listener, timeout));
  }

  private void fetch(Image image, PullListener listener, Duration timeout) {
    if (engine.holds(image)) {
      return;
    }
    ScriptedImage content = engine.registry.content(image);
    boolean late = content.pulling().takes().compareTo(timeout) > 0;
    listener.progress(0, content.content().length());
    engine.pause.pause(late ? timeout : content.pulling().takes());
    content
        .pulling()
        .fails()
        .ifPresent(
            code -> {
              throw new GantryException(code, "cannot pull " + image.reference() + " (scripted)");
            });
    if (late) {
      throw new GantryException(
          ErrorCode.TIMED_OUT, "pull of " + image.reference() + " not done after " + timeout);
    }
    engine.hold(image, content);
    listener.progress(content.content().length(), content.content().length());
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    return call(Operation.CREATE, () -> engine.create(spec));
  }

  @Override
  public void start(ContainerId id) {
    run(Operation.START, () -> engine.start(engine.require(id)));
  }

  @Override
  public void stop(ContainerId id, Duration grace) {
    run(Operation.STOP, () -> find(id).ifPresent(container -> stop(container, grace)));
  }

  private void stop(InMemoryContainer container, Duration grace) {
    if (!container.running()) {
      return;
    }
    ScriptedImage.OnSigterm reaction = container.image.onSigterm();
    if (reaction.obeys() && reaction.takes().compareTo(grace) <= 0) {
      engine.pause.pause(reaction.takes());
      container.log.addAll(reaction.lastWords());
      engine.end(container, reaction.code());
    } else {
      engine.pause.pause(grace);
      engine.end(container, InMemoryEngine.KILLED);
    }
  }

  @Override
  public void kill(ContainerId id) {
    run(
        Operation.KILL,
        () -> find(id).ifPresent(container -> engine.end(container, InMemoryEngine.KILLED)));
  }

  @Override
  public void remove(ContainerId id) {
    run(Operation.REMOVE, () -> find(id).ifPresent(engine::remove));
  }

  @Override
  public List<ContainerStatus> list(Map<String, String> labels) {
    return call(
        Operation.LIST,
        () ->
            engine.containers().stream()
                .filter(container -> container.carries(labels))
                .map(InMemoryContainer::status)
                .toList());
  }

  @Override
  public Optional<ContainerStatus> inspect(ContainerId id) {
    return call(Operation.LIST, () -> find(id).map(InMemoryContainer::status));
  }

  @Override
  public ExecResult exec(ContainerId id, List<String> command, Duration timeout) {
    return call(Operation.EXEC, () -> exec(engine.require(id), command));
  }

  private static ExecResult exec(InMemoryContainer container, List<String> command) {
    if (!container.running()) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "container " + container.id.brief() + " does not run: cannot run " + command + " in it");
    }
    return container.image.commands().exec().apply(container.spec.environment(), command);
  }

  @Override
  public List<String> logs(ContainerId id, int lastLines) {
    return call(
        Operation.LOGS,
        () -> {
          List<String> log = engine.require(id).log;
          return List.copyOf(log.subList(Math.max(0, log.size() - lastLines), log.size()));
        });
  }

  @Override
  public Subscription watch(Map<String, String> labels, Runnable wake) {
    Subscription watch = engine.watch(labels, wake);
    watches.add(watch);
    return watch;
  }

  /** Ends its watches. Containers go on. */
  @Override
  public void close() {
    watches.forEach(Subscription::close);
  }

  private Optional<InMemoryContainer> find(ContainerId id) {
    return engine.containers().stream().filter(container -> container.id.equals(id)).findFirst();
  }

  private <T> T call(Operation operation, Supplier<T> call) {
    return engine.faults().around(operation, call);
  }

  private void run(Operation operation, Runnable call) {
    engine
        .faults()
        .around(
            operation,
            () -> {
              call.run();
              return operation;
            });
  }
}
