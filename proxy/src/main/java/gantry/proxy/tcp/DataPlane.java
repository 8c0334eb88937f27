package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The event loops with their listeners and the table in force. Thread-safe, but switches must come
 * one at a time.
 */
public final class DataPlane implements AutoCloseable {
  private final Transport transport;
  private final Consumer<Tally> idle;
  private final MultiThreadIoEventLoopGroup group;
  private final List<Worker> workers = new ArrayList<>();
  private volatile RouteTable table = RouteTable.EMPTY;

  /**
   * Starts the event loops.
   *
   * @param idle told on an event loop whenever a count fell to zero; must not block
   */
  public DataPlane(Transport transport, int loops, Consumer<Tally> idle) {
    this.transport = transport;
    this.idle = idle;
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, new DefaultThreadFactory("proxy-loop", true), transport.handlers());
    for (int i = 0; i < loops; i++) {
      workers.add(new Worker(i, group.next(), this, Limits.MAX_CONNECTIONS / loops));
    }
  }

  /** As many event loops as this machine can use. */
  public static int defaultLoops() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Limits.MAX_LOOPS);
  }

  /** Makes the count for a backend that has none yet. */
  public Tally newTally(String owner, String id) {
    return new Tally(owner, id, workers.size());
  }

  /**
   * Binds a listener without accepting yet.
   *
   * @throws IOException when the kernel refuses
   */
  public BoundListener bind(WireAddress address) throws IOException {
    ServerChannel server = transport.newServer();
    server.config().setAutoRead(false);
    server.config().setOption(ChannelOption.SO_REUSEADDR, true);
    server.config().setOption(ChannelOption.SO_BACKLOG, Limits.BACKLOG);
    server.pipeline().addLast(new AcceptHandler(address, workers));
    await(group.register(server), server, address);
    await(server.bind(address.socketAddress()), server, address);
    return new BoundListener(address, server);
  }

  /**
   * Puts a table in force. Returns when every new connection is assigned from it, and those that
   * were assigned from the old one are all in its counts.
   *
   * @throws IOException when an event loop did not take note in time; the table may or may not be
   *     in force everywhere
   */
  public void publish(RouteTable next) throws IOException {
    table = next;
    CountDownLatch noted = new CountDownLatch(workers.size());
    workers.forEach(worker -> worker.loop().execute(noted::countDown));
    try {
      if (!noted.await(Limits.SWITCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("an event loop did not answer within " + Limits.SWITCH_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while switching", e);
    }
  }

  /** Ends all connections and listeners. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  RouteTable table() {
    return table;
  }

  Transport transport() {
    return transport;
  }

  void idle(Tally tally) {
    idle.accept(tally);
  }

  private static void await(ChannelFuture step, ServerChannel server, WireAddress address)
      throws IOException {
    step.awaitUninterruptibly();
    if (!step.isSuccess()) {
      server.close().awaitUninterruptibly();
      String reason = String.valueOf(step.cause().getMessage());
      throw new IOException("cannot listen on " + address + ": " + reason, step.cause());
    }
  }
}
