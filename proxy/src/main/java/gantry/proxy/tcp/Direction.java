package gantry.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;

/**
 * Copies one way. Reads a portion, writes it, and reads the next only when that one has left for
 * the kernel: so a peer that stalls costs one portion and no more.
 */
final class Direction {
  private final TcpConnection connection;
  private final DuplexChannel from;
  private final DuplexChannel to;
  private final ReadSizes readSizes;
  private int portionsInFlight;
  private boolean ended;
  private boolean finished;

  Direction(TcpConnection connection, DuplexChannel from, DuplexChannel to, ReadSizes readSizes) {
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.readSizes = readSizes;
  }

  void read(ByteBuf portion) {
    int bytes = portion.capacity();
    readSizes.hold(bytes);
    portionsInFlight++;
    to.writeAndFlush(portion).addListener(written -> written(bytes, written));
  }

  void readComplete() {
    if (portionsInFlight == 0 && !ended) {
      from.read();
    }
  }

  /** The sender is done: passes that on once everything before it is written. */
  void end() {
    if (!ended) {
      ended = true;
      finishWhenWritten();
    }
  }

  boolean isFinished() {
    return finished;
  }

  private void written(int bytes, Future<?> written) {
    readSizes.release(bytes);
    portionsInFlight--;
    if (!written.isSuccess()) {
      connection.failed(written.cause());
    } else if (ended) {
      finishWhenWritten();
    } else if (portionsInFlight == 0) {
      from.read();
    }
  }

  private void finishWhenWritten() {
    if (portionsInFlight == 0) {
      to.shutdownOutput().addListener(this::outputEnded);
    }
  }

  private void outputEnded(Future<?> shutdown) {
    if (shutdown.isSuccess()) {
      finished = true;
      connection.directionFinished();
    } else {
      connection.failed(shutdown.cause());
    }
  }
}
