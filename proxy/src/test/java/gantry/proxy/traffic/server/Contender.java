package gantry.proxy.traffic.server;

import gantry.proxy.wire.WireAddress;

/** A running proxy that carries HTTP, with a number of lanes to one backend. */
public interface Contender extends AutoCloseable {
  /** Its name in tables. */
  String name();

  /** Where a lane's clients connect. */
  WireAddress listener(Lane lane);

  /** Ends the process and with it all its connections. */
  @Override
  void close();
}
