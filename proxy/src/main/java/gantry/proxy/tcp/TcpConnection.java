package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and, once there is one, the backend's. Both live on the same event loop,
 * and everything here runs on it. Ends in one of two ways: both directions finished, and both sides
 * are closed; or anything failed, and both sides are reset.
 */
final class TcpConnection {
  private final Worker worker;
  private final WireAddress listener;
  private final DuplexChannel client;
  private final Set<Target> tried = new HashSet<>(2);
  private @Nullable DuplexChannel backend;
  private @Nullable Direction up;
  private @Nullable Direction down;
  private boolean closing;

  TcpConnection(Worker worker, WireAddress listener, DuplexChannel client) {
    this.worker = worker;
    this.listener = listener;
    this.client = client;
  }

  /** The client is connected and on its event loop. */
  void start() {
    if (!worker.enter()) {
      reset();
      return;
    }
    client.closeFuture().addListener(closed -> worker.leave());
    connect();
  }

  void read(Channel side, ByteBuf portion) {
    Direction direction = side.equals(client) ? up : down;
    if (direction == null) {
      portion.release();
      reset();
    } else {
      direction.read(portion);
    }
  }

  void readComplete(Channel side) {
    Direction direction = side.equals(client) ? up : down;
    if (direction != null && !closing) {
      direction.readComplete();
    }
  }

  void inputEnded(Channel side) {
    Direction direction = side.equals(client) ? up : down;
    if (direction == null) {
      reset();
    } else if (!closing) {
      direction.end();
    }
  }

  void directionFinished() {
    if (up != null && up.isFinished() && down != null && down.isFinished()) {
      closing = true;
      close(client);
      if (backend != null) {
        close(backend);
      }
    }
  }

  /** A side is gone; when that was not our doing, the other must not believe in a clean end. */
  void sideClosed(Channel side) {
    if (side.equals(client) || up != null) {
      reset();
    }
  }

  void failed(Throwable cause) {
    if (!closing && !(cause instanceof IOException)) {
      worker.logSometimes("connection of " + listener + " given up", cause);
    }
    reset();
  }

  private void connect() {
    Worker.Assignment assignment =
        client.isOpen() && !closing ? worker.assign(listener, tried) : null;
    if (assignment == null) {
      closing = true;
      close(client);
      return;
    }
    DuplexChannel channel = newBackend(assignment);
    if (channel == null || !worker.register(channel).isSuccess()) {
      reset();
      return;
    }
    channel
        .connect(assignment.target().address())
        .addListener((ChannelFuture done) -> connected(done, assignment.target(), channel));
  }

  /**
   * The count goes down only when the descriptor is closed, and so does the client's. Null when
   * there is no descriptor to be had.
   */
  private @Nullable DuplexChannel newBackend(Worker.Assignment assignment) {
    DuplexChannel channel;
    try {
      channel = worker.transport().newSocket();
    } catch (ChannelException e) {
      worker.end(assignment.lease());
      worker.logSometimes("cannot open a socket to backend " + assignment.target().address(), e);
      return null;
    }
    channel.closeFuture().addListener(closed -> backendClosed(assignment));
    worker.transport().tune(channel);
    channel.config().setRecvByteBufAllocator(worker.readSizes());
    channel.pipeline().addLast(new BackendHandler(this));
    backend = channel;
    return channel;
  }

  private void backendClosed(Worker.Assignment assignment) {
    if (up == null) {
      worker.end(assignment.lease());
    } else {
      client.closeFuture().addListener(closed -> worker.end(assignment.lease()));
    }
  }

  private void connected(ChannelFuture done, Target target, DuplexChannel channel) {
    if (done.isSuccess() && !closing) {
      up = new Direction(this, client, channel, worker.readSizes());
      down = new Direction(this, channel, client, worker.readSizes());
      client.read();
      channel.read();
      return;
    }
    close(channel);
    if (closing) {
      return;
    }
    worker.connectFailed(target.address(), done.cause());
    tried.add(target);
    connect();
  }

  private void reset() {
    if (!closing) {
      closing = true;
      reset(client);
      if (backend != null) {
        reset(backend);
      }
    }
  }

  /** Closes with a reset, so that the peer sees an abort and not the end of a stream. */
  private static void reset(Channel side) {
    if (side.isOpen()) {
      try {
        side.config().setOption(ChannelOption.SO_LINGER, 0);
      } catch (ChannelException alreadyBroken) {
        // The kernel has ended this socket by itself; closing is all that is left to do.
      }
      close(side);
    }
  }

  /** Starts to close; that it is done tells the channel's close future. */
  private static void close(Channel side) {
    var _ = side.close();
  }
}
