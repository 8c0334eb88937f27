package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DockerClientImpl;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to the engine. Each call runs on a thread and connections of its own, and ends within
 * its limit whatever the engine does: when time is up its connections are closed, which frees the
 * thread. Errors leave as {@link GantryException}s. Thread-safe.
 *
 * <p>Threads are platform threads that end with their call: a virtual thread's I/O would leave a
 * poller in native code behind, and the JVM's exit waits for such a thread.
 */
final class Engine implements AutoCloseable {
  /** What to do with a client that is good for this one call. */
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T on(DockerClient client) throws InterruptedException;
  }

  private final EngineAddress address;
  private final Limits limits;
  private final EngineConfig unversioned;
  private final Set<EngineTransport> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable EngineConfig agreed;
  private volatile boolean closed;

  Engine(EngineAddress address, Limits limits) {
    this.address = address;
    this.limits = limits;
    this.unversioned = EngineConfig.unversioned(address);
  }

  EngineAddress address() {
    return address;
  }

  Limits limits() {
    return limits;
  }

  /** A call that an engine answers at once. */
  <T extends @Nullable Object> T control(String doing, Call<T> call) {
    return call(doing, limits.control(), call);
  }

  /** A call about one container, which is {@code CONTAINER_NOT_FOUND} when it is gone. */
  <T extends @Nullable Object> T onContainer(
      ContainerId id, String doing, Duration limit, Call<T> call) {
    String what = doing + " container " + id.brief();
    return call(
        what,
        limit,
        client -> {
          try {
            return call.on(client);
          } catch (NotFoundException e) {
            throw new GantryException(
                ErrorCode.CONTAINER_NOT_FOUND,
                what + ": it does not exist: " + EngineErrors.words(e),
                e);
          }
        });
  }

  /**
   * Any call. One that is not over after {@code limit} is given up: {@code ENGINE_UNREACHABLE}.
   *
   * @param doing what the call is for, as in "{@code listing containers}"
   */
  <T extends @Nullable Object> T call(String doing, Duration limit, Call<T> call) {
    return run(doing, limit, call, () -> EngineErrors.mute(address, doing, limit));
  }

  /**
   * A call that may take long for reasons that are not the engine's, such as a registry's.
   *
   * @param slow the error when it is not over in time although the engine answers other calls
   */
  <T extends @Nullable Object> T slowCall(
      String doing, Duration limit, Call<T> call, Supplier<GantryException> slow) {
    return run(
        doing,
        limit,
        call,
        () -> answers() ? slow.get() : EngineErrors.mute(address, doing, limit));
  }

  private boolean answers() {
    try {
      call("asking for a sign of life", limits.probe(), client -> client.pingCmd().exec());
      return true;
    } catch (GantryException e) {
      return false; // which is the answer
    }
  }

  private <T extends @Nullable Object> T run(
      String doing, Duration limit, Call<T> call, Supplier<GantryException> late) {
    EngineTransport transport = new EngineTransport(address);
    open.add(transport);
    FutureTask<T> task = new FutureTask<>(() -> call.on(client(transport)));
    Thread thread = Thread.ofPlatform().daemon().name("gantry-docker-call").unstarted(task);
    try {
      if (closed) {
        throw EngineErrors.closed(doing);
      }
      thread.start();
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(doing, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw late.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineErrors.interrupted(doing, e);
    } finally {
      open.remove(transport);
      transport.close();
      task.cancel(true);
    }
  }

  private GantryException failure(String doing, Throwable cause) {
    if (closed) {
      return EngineErrors.closed(doing);
    }
    GantryException failure = EngineErrors.of(address, doing, cause);
    if (failure.code() == ErrorCode.ENGINE_UNREACHABLE) {
      agreed = null; // it may come back as another version
    }
    return failure;
  }

  private DockerClient client(EngineTransport transport) {
    EngineConfig config = agreed;
    if (config == null) {
      DockerClient bare = DockerClientImpl.getInstance(unversioned, transport);
      config = unversioned.withVersion(ApiVersions.choose(bare.versionCmd().exec(), address));
      agreed = config;
    }
    return DockerClientImpl.getInstance(config, transport);
  }

  /** Ends every call that is under way; later ones fail at once. */
  @Override
  public void close() {
    closed = true;
    open.forEach(EngineTransport::close);
  }
}
