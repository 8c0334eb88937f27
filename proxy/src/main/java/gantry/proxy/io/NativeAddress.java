package gantry.proxy.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** An address and port as the kernel takes them: {@code struct sockaddr_in} or {@code _in6}. */
public final class NativeAddress {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int V4_BYTES = 16;
  static final int V6_BYTES = 28;
  private static final int V4_ADDRESS_AT = 4;
  private static final int V6_ADDRESS_AT = 8;
  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final InetSocketAddress address;
  private final MemorySegment memory;

  /** Copies a resolved address into native memory, which lives as long as this object. */
  public NativeAddress(InetSocketAddress address) {
    this.address = address;
    byte[] host = address.getAddress().getAddress();
    boolean v4 = host.length == 4;
    this.memory = Arena.ofAuto().allocate(v4 ? V4_BYTES : V6_BYTES, 8);
    memory.set(ValueLayout.JAVA_SHORT, 0, (short) (v4 ? AF_INET : AF_INET6));
    memory.set(PORT, 2, (short) address.getPort());
    MemorySegment.copy(
        host, 0, memory, ValueLayout.JAVA_BYTE, v4 ? V4_ADDRESS_AT : V6_ADDRESS_AT, host.length);
  }

  /** Reads what the kernel wrote. */
  static InetSocketAddress read(MemorySegment sockaddr) {
    boolean v4 = sockaddr.get(ValueLayout.JAVA_SHORT, 0) == AF_INET;
    byte[] host = new byte[v4 ? 4 : 16];
    MemorySegment.copy(
        sockaddr, ValueLayout.JAVA_BYTE, v4 ? V4_ADDRESS_AT : V6_ADDRESS_AT, host, 0, host.length);
    try {
      int port = Short.toUnsignedInt(sockaddr.get(PORT, 2));
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  int family() {
    return memory.byteSize() == V4_BYTES ? AF_INET : AF_INET6;
  }

  long pointer() {
    return memory.address();
  }

  int bytes() {
    return (int) memory.byteSize();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NativeAddress that && address.equals(that.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  @Override
  public String toString() {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
