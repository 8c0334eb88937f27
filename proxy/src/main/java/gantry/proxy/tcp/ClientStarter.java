package gantry.proxy.tcp;

/** Takes over clients of one kind of route. */
@FunctionalInterface
public interface ClientStarter {
  /**
   * A client is connected, and was counted in: {@link Worker#leave} is due when its descriptor is
   * closed. On the worker's loop.
   *
   * @param fd the descriptor, now the callee's
   */
  void start(Worker worker, LoopListener listener, RouteSettings settings, int fd);
}
