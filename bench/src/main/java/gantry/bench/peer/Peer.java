package gantry.bench.peer;

import gantry.bench.run.Scratch;

/** A proxy with one way of running it. */
public interface Peer {
  /** What it is called in tables and options: {@code haproxy-64k}. */
  String name();

  /** Whether it can do that at all. */
  boolean knows(Layer layer);

  /** Starts it; returns when it accepts connections. */
  Started start(Scratch scratch, Scene scene);
}
