package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import gantry.api.container.ContainerId;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts, ends and removes containers. Doing it twice is the same as once. */
final class ContainerLifecycle {
  private static final Duration REMOVAL_POLL = Duration.ofMillis(20);

  private final Engine engine;

  ContainerLifecycle(Engine engine) {
    this.engine = engine;
  }

  void start(ContainerId id) {
    Engine.Call<@Nullable Void> start =
        client -> {
          try {
            return client.startContainerCmd(id.value()).exec();
          } catch (NotModifiedException e) {
            return null; // it runs, which is what was asked for
          }
        };
    engine.onContainer(id, "starting", engine.limits().change(), start);
  }

  /** The engine counts the grace in whole seconds; it is never shorter than asked for. */
  void stop(ContainerId id, Duration grace) {
    long seconds = grace.plusSeconds(1).minusNanos(1).toSeconds();
    int timeoutSeconds = Math.clamp(seconds, 0, Integer.MAX_VALUE);
    Duration limit = engine.limits().change().plusSeconds(timeoutSeconds);
    Engine.Call<@Nullable Void> stop =
        client -> {
          try {
            return client.stopContainerCmd(id.value()).withTimeout(timeoutSeconds).exec();
          } catch (NotModifiedException | NotFoundException e) {
            return null; // it has ended
          }
        };
    engine.call("stopping container " + id.brief(), limit, stop);
  }

  void kill(ContainerId id) {
    Engine.Call<@Nullable Void> kill =
        client -> {
          try {
            client.killContainerCmd(id.value()).withSignal("SIGKILL").exec();
          } catch (NotFoundException e) {
            return null; // it has ended
          } catch (ConflictException e) {
            awaitEnd(client, id, e);
            return null;
          }
          awaitEnd(client, id, null);
          return null;
        };
    engine.call("killing container " + id.brief(), engine.limits().change(), kill);
  }

  private static void awaitEnd(
      DockerClient client, ContainerId id, @Nullable ConflictException refusal)
      throws InterruptedException {
    boolean running =
        ContainerReader.inspect(client, id.value())
            .map(ContainerMapping::status)
            .filter(status -> status.isRunning())
            .isPresent();
    if (running && refusal != null) {
      throw refusal; // it was not "is not running"
    }
    if (running) {
      client.waitContainerCmd(id.value()).exec(new WaitContainerResultCallback()).awaitCompletion();
    }
  }

  void remove(ContainerId id) {
    Engine.Call<@Nullable Void> remove =
        client -> {
          try {
            client.removeContainerCmd(id.value()).withRemoveVolumes(true).exec();
          } catch (NotFoundException e) {
            return null; // it is gone
          } catch (ConflictException e) {
            awaitRemoval(client, id, e);
          }
          return null;
        };
    engine.call("removing container " + id.brief(), engine.limits().change(), remove);
  }

  /** Somebody else's removal may be under way; everything else is a refusal. */
  private static void awaitRemoval(DockerClient client, ContainerId id, ConflictException refusal)
      throws InterruptedException {
    if (!EngineErrors.words(refusal).toLowerCase(Locale.ROOT).contains("already in progress")) {
      throw refusal;
    }
    while (ContainerReader.inspect(client, id.value()).isPresent()) {
      TimeUnit.NANOSECONDS.sleep(REMOVAL_POLL.toNanos()); // the call's limit ends it
    }
  }
}
