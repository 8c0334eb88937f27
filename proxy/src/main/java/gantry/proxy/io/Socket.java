package gantry.proxy.io;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TCP socket on one loop; all methods are called on that loop. Works by completion: each call
 * asks for something and its answer comes later through the {@link SocketUser}. At most one receive
 * (or wait for readability) and one send (or wait for writability) are under way at a time; the two
 * do not disturb each other.
 */
public abstract class Socket {
  private final Loop loop;
  private final int fd;
  private final SocketUser user;

  Socket(Loop loop, int fd, SocketUser user) {
    this.loop = loop;
    this.fd = fd;
    this.user = user;
  }

  /** The loop that it lives on. */
  public final Loop loop() {
    return loop;
  }

  /** The kernel's number for it, valid until {@link SocketUser#closed}. */
  public final int fd() {
    return fd;
  }

  /** Who is at the other end; null when nobody is any more. */
  public final @Nullable InetSocketAddress peerAddress() {
    return loop.kernel().peer(fd);
  }

  /** Which address of ours the peer talks to; null when the connection is broken. */
  public final @Nullable InetSocketAddress localAddress() {
    return loop.kernel().name(fd);
  }

  /** Has the kernel ask a silent peer whether it still lives. */
  public final void keepAlive(int idleSeconds, int intervalSeconds, int probes) {
    loop.kernel().keepAlive(fd, idleSeconds, intervalSeconds, probes);
  }

  final SocketUser user() {
    return user;
  }

  /**
   * Tells that it is connected. The kernel, having held back the handshake's last segment, goes
   * over to quick acknowledgements, which would cost one more for the first answer.
   */
  final void tellConnected() {
    user.connected(this);
    if (!isClosing()) {
      if (isSending()) {
        loop.kernel().piggybackAcks(fd);
      } else {
        loop.kernel().acknowledgeNow(fd);
      }
    }
  }

  /** Whether something was sent since it was connected. */
  abstract boolean isSending();

  /**
   * Connects; answered by {@code connected} or {@code failed}. Only for a fresh socket. The backend
   * gets the handshake's last segment together with what is sent in {@code connected}, or else
   * right after it: this saves a segment per connection, and the backend a wake-up.
   */
  public abstract void connect(NativeAddress address);

  /**
   * Waits for bytes and reads them into a chunk of the loop's choice, so that a waiting socket
   * holds no memory; answered by {@code received}, {@code ended} or {@code failed}.
   */
  public abstract void receive();

  /**
   * Like {@link #receive()}, but appends to a chunk of the user's that has content and more than
   * {@link Chunk#TAIL_ROOM} free, and leaves that much free. The chunk belongs to the socket until
   * the answer; after {@code ended}, {@code failed} or {@code closed} it has been released.
   *
   * @throws IllegalArgumentException there is not more room than that; the chunk is still the
   *     user's
   */
  public final void receive(Chunk into) {
    if (into.receivable() <= 0) {
      throw new IllegalArgumentException(
          "room for " + into.room() + " bytes, of which " + Chunk.TAIL_ROOM + " must stay free");
    }
    receiveInto(into);
  }

  /** Like {@link #receive(Chunk)}; there is room. */
  abstract void receiveInto(Chunk chunk);

  /**
   * Sends everything from {@code chunk.position()} to {@code chunk.limit()}, at least one byte, and
   * releases the chunk, in any case; answered by {@code sent} or {@code failed}.
   */
  public final void send(Chunk chunk) {
    send(chunk, false);
  }

  /**
   * Like {@link #send(Chunk)}.
   *
   * @param more whether the caller is about to send more or to shut down or close: the kernel may
   *     wait for that, up to 200 ms, and put both into one segment
   */
  public abstract void send(Chunk chunk, boolean more);

  /** Tells the peer that nothing more will be sent. Not while a send is under way. */
  public final void shutdownOutput() {
    loop.kernel().shutdownOutput(fd);
  }

  /** Waits for bytes without reading them: for those who read by themselves, like a splice. */
  public abstract void awaitReadable();

  /** A read of the user's own found nothing: the next wait is for something new. */
  public abstract void noLongerReadable();

  /**
   * In {@code received}: whether the kernel has more bytes, or the end of them, so that the next
   * receive will be answered at once.
   */
  public abstract boolean hasUnread();

  /** Whether a receive or a wait for readability is under way. */
  public abstract boolean isReceiving();

  /** Waits until the kernel takes more bytes: for those who write by themselves. */
  public abstract void awaitWritable();

  /** A write of the user's own found no room: the next wait is for new room. */
  public abstract void noLongerWritable();

  /**
   * From now on tells {@code failed} when the peer resets the connection, also while nothing is
   * received or sent. For a connection that is half-closed or paused for some time.
   */
  public abstract void watchErrors();

  /**
   * Closes the descriptor; what was sent still arrives, unless received bytes were left unread:
   * then the kernel makes it a reset. Answered by {@code closed}. A second call does nothing.
   */
  public abstract void close();

  /** Closes with a reset, so that the peer sees an abort and not the end of a stream. */
  public final void reset() {
    if (!isClosing()) {
      loop.kernel().lingerZero(fd);
      close();
    }
  }

  /** Whether {@link #close()} or {@link #reset()} was called. */
  public abstract boolean isClosing();
}
