package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import java.util.List;

/** A proxy in front of two backends, one of which gets what is new. */
interface Deployed extends AutoCloseable {
  /** The contender's name. */
  String name();

  /** Where clients connect. */
  List<Target> targets();

  /**
   * Has what is new go to another backend, the way in which one deploys with this proxy.
   *
   * @param port of that backend
   */
  void switchTo(int port);

  @Override
  void close();
}
