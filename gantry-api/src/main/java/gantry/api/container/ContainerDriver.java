package gantry.api.container;

import gantry.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs containers on this machine.
 *
 * <p>Every call is bounded: it ends within the time given, or within the driver's own limit, even
 * when the engine is mute. Errors are {@link gantry.api.GantryException}s: {@code
 * ENGINE_UNREACHABLE} (nothing is known, a retry may help), {@code ENGINE_REFUSED} (with the
 * engine's words), {@code CONTAINER_NOT_FOUND}, and for images {@code IMAGE_NOT_FOUND}, {@code
 * IMAGE_ACCESS_DENIED}, {@code REGISTRY_UNREACHABLE}. Every call may be repeated after a crash or a
 * lost answer: creating, starting, stopping and removing twice is the same as once.
 */
public interface ContainerDriver extends AutoCloseable {
  /** The kind of the factory that made it. */
  String kind();

  /**
   * Finds out what a name stands for now. The registry is asked first; where it does not know the
   * name, or there is none, an image of that name on this machine counts, then without digest.
   * Never guesses: when the registry cannot be reached or denies access, that is the error.
   */
  Image resolve(String repo, String tag, Duration timeout);

  /**
   * Makes exactly this image present on this machine; returns at once when it is. Success means
   * that the engine holds the content of {@link Image#digest()} (or {@link Image#id()} without
   * one), not merely that a download ended.
   */
  void pull(Image image, PullListener listener, Duration timeout);

  /**
   * Makes a container, not yet started. A container of that name with the same labels is adopted:
   * its id is returned. One with other labels is an error, and is left alone.
   */
  ContainerId create(ContainerSpec spec);

  /** Starts it, or does nothing when it runs. Its ports are reachable once it listens on them. */
  void start(ContainerId id);

  /**
   * Asks it to end (SIGTERM), and ends it (SIGKILL) after the grace time. Returns when it has
   * ended; a container that does not exist has.
   */
  void stop(ContainerId id, Duration grace);

  /** Ends it at once (SIGKILL). Returns when it has ended. */
  void kill(ContainerId id);

  /** Removes it and what only it used. A container that runs is an error; a missing one is not. */
  void remove(ContainerId id);

  /** Containers that carry all of these labels, in every state, oldest first. */
  List<ContainerStatus> list(Map<String, String> labels);

  /** One container, when it exists. */
  Optional<ContainerStatus> inspect(ContainerId id);

  /** Runs a command inside a running container and waits for its end. */
  ExecResult exec(ContainerId id, List<String> command, Duration timeout);

  /** The last lines that it wrote to standard output and standard error, oldest first. */
  List<String> logs(ContainerId id, int lastLines);

  /**
   * Calls {@code wake} soon after any container that carries these labels was started or ended, and
   * whenever that may have been missed. A hint to look again, nothing more: calls may be late, lost
   * or doubled, and come from any thread.
   */
  Subscription watch(Map<String, String> labels, Runnable wake);

  /** Frees connections and threads. Containers go on. */
  @Override
  void close();
}
