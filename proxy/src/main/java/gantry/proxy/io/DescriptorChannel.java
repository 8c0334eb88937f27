package gantry.proxy.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection between two processes of one machine that carries messages and, with them, open
 * descriptors ({@code SCM_RIGHTS}, see {@code unix(7)}). Calls block, up to a limit. One thread.
 */
public final class DescriptorChannel implements AutoCloseable {
  /** Descriptors that go with one message; the kernel takes 253. */
  public static final int MAX_DESCRIPTORS = 128;

  /** Longest message. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET = 5;
  private static final int PATH_AT = 2;
  private static final int PATH_BYTES = 108;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
  private static final int HEADER_BYTES = 16;
  private static final int MSGHDR_BYTES = 56;
  private static final int IOVEC_BYTES = 16;

  private final Kernel kernel = new Kernel();
  private final Arena arena = Arena.ofConfined();
  private final int fd;

  /** A message with what came along. */
  public record Message(String text, List<Integer> descriptors) {
    /** Copies the list. */
    public Message {
      descriptors = List.copyOf(descriptors);
    }
  }

  private DescriptorChannel(int fd) {
    this.fd = fd;
  }

  /** Waits for connections at a path, whose folder decides who may come. */
  public static DescriptorChannel listen(String path) throws IOException {
    DescriptorChannel server = open();
    MemorySegment address = server.address(path);
    int result = server.kernel.bind(server.fd, address.address(), (int) address.byteSize());
    if (result == 0) {
      result = server.kernel.listen(server.fd, 1);
    }
    return server.orThrow(result, "listen on " + path);
  }

  /** Connects to whoever listens at a path. */
  public static DescriptorChannel connect(String path) throws IOException {
    DescriptorChannel client = open();
    MemorySegment address = client.address(path);
    int result = client.kernel.connect(client.fd, address.address(), (int) address.byteSize());
    return client.orThrow(result, "connect to " + path);
  }

  /** The next connection. */
  public DescriptorChannel accept(Duration limit) throws IOException {
    kernel.receiveTimeout(fd, limit);
    int accepted = kernel.accept(fd, 0);
    if (accepted < 0) {
      throw failed(accepted, "the other process did not connect");
    }
    return new DescriptorChannel(accepted);
  }

  /** Sends a message; the descriptors stay open here too. */
  public void send(String text, List<Integer> descriptors) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES || descriptors.size() > MAX_DESCRIPTORS) {
      throw new IOException("too much for one message: " + bytes.length + " bytes");
    }
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment content = memory.allocate(Math.max(bytes.length, 1));
      MemorySegment.copy(bytes, 0, content, ValueLayout.JAVA_BYTE, 0, bytes.length);
      MemorySegment control = memory.allocate(HEADER_BYTES + 4L * MAX_DESCRIPTORS, 8);
      long length = HEADER_BYTES + 4L * descriptors.size();
      control.set(ValueLayout.JAVA_LONG, 0, length);
      control.set(ValueLayout.JAVA_INT, 8, SOL_SOCKET);
      control.set(ValueLayout.JAVA_INT, 12, SCM_RIGHTS);
      for (int i = 0; i < descriptors.size(); i++) {
        control.set(ValueLayout.JAVA_INT, HEADER_BYTES + 4L * i, descriptors.get(i));
      }
      long controlBytes = descriptors.isEmpty() ? 0 : (length + 7) & ~7L;
      MemorySegment message = message(memory, content, bytes.length, control, controlBytes);
      int sent = kernel.sendMessage(fd, message.address());
      if (sent < 0) {
        throw failed(sent, "cannot send to the other process");
      }
    }
  }

  /**
   * The next message.
   *
   * @throws EOFException when the other process is gone
   */
  public Message receive(Duration limit) throws IOException {
    kernel.receiveTimeout(fd, limit);
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment content = memory.allocate(MAX_BYTES);
      MemorySegment control = memory.allocate(HEADER_BYTES + 4L * MAX_DESCRIPTORS, 8);
      MemorySegment message = message(memory, content, MAX_BYTES, control, control.byteSize());
      int count = kernel.receiveMessage(fd, message.address(), MSG_CMSG_CLOEXEC);
      if (count < 0) {
        throw failed(count, "the other process does not answer");
      }
      List<Integer> descriptors = descriptors(control, message.get(ValueLayout.JAVA_LONG, 40));
      if (count == 0) {
        throw new EOFException("the other process is gone");
      }
      byte[] bytes = content.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
      return new Message(new String(bytes, StandardCharsets.UTF_8), descriptors);
    }
  }

  @Override
  public void close() {
    kernel.close(fd);
    arena.close();
  }

  private static DescriptorChannel open() throws IOException {
    int fd = new Kernel().socketOf(AF_UNIX, SOCK_SEQPACKET);
    if (fd < 0) {
      throw new IOException("cannot open a socket: " + Errno.text(-fd));
    }
    return new DescriptorChannel(fd);
  }

  private MemorySegment address(String path) throws IOException {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= PATH_BYTES) {
      close();
      throw new IOException("too long for a Unix socket: " + path);
    }
    MemorySegment address = arena.allocate(PATH_AT + PATH_BYTES, 8);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, PATH_AT, bytes.length);
    return address;
  }

  /** A {@code struct msghdr} for one piece of content. */
  private static MemorySegment message(
      Arena memory, MemorySegment content, long bytes, MemorySegment control, long controlBytes) {
    MemorySegment vector = memory.allocate(IOVEC_BYTES, 8);
    vector.set(ValueLayout.JAVA_LONG, 0, content.address());
    vector.set(ValueLayout.JAVA_LONG, 8, bytes);
    MemorySegment message = memory.allocate(MSGHDR_BYTES, 8);
    message.set(ValueLayout.JAVA_LONG, 16, vector.address());
    message.set(ValueLayout.JAVA_LONG, 24, 1);
    message.set(ValueLayout.JAVA_LONG, 32, controlBytes == 0 ? 0 : control.address());
    message.set(ValueLayout.JAVA_LONG, 40, controlBytes);
    return message;
  }

  private static List<Integer> descriptors(MemorySegment control, long controlBytes) {
    List<Integer> descriptors = new ArrayList<>();
    if (controlBytes >= HEADER_BYTES && control.get(ValueLayout.JAVA_INT, 12) == SCM_RIGHTS) {
      long end = control.get(ValueLayout.JAVA_LONG, 0);
      for (long at = HEADER_BYTES; at < end; at += 4) {
        descriptors.add(control.get(ValueLayout.JAVA_INT, at));
      }
    }
    return descriptors;
  }

  private DescriptorChannel orThrow(int result, String what) throws IOException {
    if (result < 0) {
      close();
      throw failed(result, "cannot " + what);
    }
    return this;
  }

  private static IOException failed(int result, String what) {
    boolean late = result == -Errno.EAGAIN;
    return new IOException(what + (late ? " in time" : ": " + Errno.text(-result)));
  }
}
