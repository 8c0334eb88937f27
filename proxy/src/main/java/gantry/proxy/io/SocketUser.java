package gantry.proxy.io;

/**
 * What a socket tells whoever uses it: always on the socket's loop, never from within the call that
 * asked for it, and after {@link Socket#close()} or {@link Socket#reset()} nothing but {@link
 * #closed}.
 */
public interface SocketUser {
  /** The connect that was asked for has succeeded. */
  void connected(Socket socket);

  /**
   * Bytes have arrived, from {@code chunk.position()} to {@code chunk.limit()}: at least one. The
   * chunk now belongs to the user, who sends or releases it.
   */
  void received(Socket socket, Chunk chunk);

  /** The peer will send nothing more. Sending goes on to work. Told once. */
  void ended(Socket socket);

  /** The chunk that was given to {@link Socket#send} has left for the kernel and is released. */
  void sent(Socket socket);

  /** Answer to {@link Socket#awaitReadable()}: bytes, an end or an error can be had. */
  void readable(Socket socket);

  /** Answer to {@link Socket#awaitWritable()}. */
  void writable(Socket socket);

  /**
   * The connect failed, or the connection is broken: reset by the peer, timed out by the kernel.
   * The user closes or resets the socket.
   *
   * @param errno the kernel's reason, see {@link Errno}
   */
  void failed(Socket socket, int errno);

  /** The descriptor is closed; the last thing that a socket tells. */
  void closed(Socket socket);
}
