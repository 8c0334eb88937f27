package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import io.netty.channel.Channel;

/** A listening socket. The kernel queues connections from the start; we accept when told to. */
public final class BoundListener {
  private final WireAddress address;
  private final Channel server;

  BoundListener(WireAddress address, Channel server) {
    this.address = address;
    this.server = server;
  }

  /** Where it listens. */
  public WireAddress address() {
    return address;
  }

  /** Starts to accept. */
  public void open() {
    server.config().setAutoRead(true);
  }

  /** Closes the socket; returns when that is done. Accepted connections go on. */
  public void close() {
    server.close().syncUninterruptibly();
  }
}
