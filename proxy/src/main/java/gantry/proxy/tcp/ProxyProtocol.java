package gantry.proxy.tcp;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Socket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The PROXY protocol's version 2, which tells a backend who its client is (HAProxy's {@code
 * proxy-protocol.txt}, section 2.2).
 */
final class ProxyProtocol {
  private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10};
  private static final byte VERSION_2_PROXY = 0x21;
  private static final byte VERSION_2_LOCAL = 0x20;
  private static final byte TCP_OVER_IPV4 = 0x11;
  private static final byte TCP_OVER_IPV6 = 0x21;
  private static final int LONGEST_BYTES = 16 + 36;

  private ProxyProtocol() {}

  /** The header for a client's connection; without addresses when they are not to be had. */
  static Chunk header(Socket client) {
    Chunk chunk = client.loop().chunks().small();
    chunk.append(header(client.peerAddress(), client.localAddress()));
    return chunk;
  }

  static byte[] header(@Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
    ByteBuffer header = ByteBuffer.allocate(LONGEST_BYTES).put(SIGNATURE);
    if (from == null || to == null) {
      header.put(VERSION_2_LOCAL).put((byte) 0).putShort((short) 0);
    } else {
      byte[] source = from.getAddress().getAddress();
      byte[] destination = to.getAddress().getAddress();
      header.put(VERSION_2_PROXY).put(source.length == 4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6);
      header.putShort((short) (2 * source.length + 4)).put(source).put(destination);
      header.putShort((short) from.getPort()).putShort((short) to.getPort());
    }
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }
}
