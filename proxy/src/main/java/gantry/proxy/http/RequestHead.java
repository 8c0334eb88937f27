package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The head of a request, see {@link Head}. */
public final class RequestHead extends Head {
  /** Longest Host field: a name of 253 bytes and a port fit easily. */
  static final int MAX_HOST_BYTES = 300;

  private static final byte[] CONTINUE = ascii("100-continue");

  private static final byte[] FORWARDED_PROTO = ascii("X-Forwarded-Proto: http\r\n");
  private static final byte[] FORWARDED_HOST = ascii("X-Forwarded-Host: ");

  /** Incoming fields that tell of the client, which are left out unless they are trusted. */
  private final Cuts forwarded = new Cuts();

  private final RequestLine requestLine = new RequestLine();
  private boolean forwardedHost;
  private boolean forwardedProto;
  private int hostFrom;
  private int hostTo;
  private boolean expectsContinue;
  private boolean wantsUpgrade;

  @Override
  public void clear() {
    super.clear();
    requestLine.clear();
    forwarded.clear();
    forwardedHost = false;
    forwardedProto = false;
    hostFrom = 0;
    hostTo = 0;
    expectsContinue = false;
    wantsUpgrade = false;
  }

  @Override
  public long body() {
    return framing.isChunked() ? CHUNKED : Math.max(0, framing.length());
  }

  /** Whether the method is HEAD: the answer has no body, whatever its head says. */
  public boolean isHead() {
    return requestLine.isHead();
  }

  /** Whether a second try does no harm if the first one was lost. */
  public boolean isIdempotent() {
    return requestLine.isIdempotent();
  }

  /** Whether the client waits for leave to send the body. */
  public boolean expectsContinue() {
    return expectsContinue;
  }

  /** Whether the client asks for another protocol on this connection, WebSocket for one. */
  public boolean wantsUpgrade() {
    return wantsUpgrade;
  }

  /**
   * Makes it the head that a backend gets: without what concerns the client's connection alone, and
   * with lines that tell of the client. The scan's findings stay, its positions do not.
   *
   * @param forwardedFor the line that tells the client's address
   * @param trusted whether incoming lines of that kind stay
   * @return its length, from the chunk's new position on
   */
  int forward(Chunk chunk, HeadEdit edit, byte[] forwardedFor, boolean trusted) {
    edit.begin();
    edit.add(forwardedFor);
    if (!trusted) {
      hopByHop.cuts.addAll(forwarded);
    }
    if (!trusted || !forwardedProto) {
      edit.add(FORWARDED_PROTO);
    }
    if ((!trusted || !forwardedHost) && hostTo > hostFrom) {
      edit.add(FORWARDED_HOST);
      edit.add(chunk.address() + chunk.position() + hostFrom, hostTo - hostFrom);
      edit.add(HeadEdit.LINE_END);
    }
    if (wantsUpgrade) {
      edit.add(HeadEdit.CONNECTION_UPGRADE);
    }
    return edit.apply(this, chunk);
  }

  @Override
  boolean allowsEmptyLine() {
    return true;
  }

  @Override
  @Nullable Rejection startLine(int from, int to) {
    Rejection bad = requestLine.read(base, from, to);
    oldVersion = requestLine.isOldVersion();
    return bad;
  }

  @Override
  @Nullable Rejection field(int name, int lineFrom, int from, int to) {
    switch (name) {
      case FieldName.HOST -> {
        return host(from, to);
      }
      case FieldName.EXPECT ->
          expectsContinue |= Octets.equalsIgnoreCase(base, from, to, CONTINUE) && !oldVersion;
      case FieldName.FORWARDED, FieldName.FORWARDED_FOR -> forwarded.add(lineFrom, nextLine());
      case FieldName.FORWARDED_HOST -> {
        forwardedHost = true;
        forwarded.add(lineFrom, nextLine());
      }
      case FieldName.FORWARDED_PROTO -> {
        forwardedProto = true;
        forwarded.add(lineFrom, nextLine());
      }
      default -> {}
    }
    return null;
  }

  @Override
  @Nullable Rejection judge() {
    if (hostFrom == 0 && !oldVersion) {
      return Rejection.NO_HOST;
    }
    if (requestLine.isAbsolute() && !isHostOfTarget()) {
      return Rejection.TARGET_HOST;
    }
    wantsUpgrade = hopByHop.asksForUpgrade() && !oldVersion && body() == 0;
    if (!wantsUpgrade) {
      hopByHop.cutUpgrade();
    }
    return null;
  }

  private @Nullable Rejection host(int from, int to) {
    if (hostFrom > 0) {
      return Rejection.SEVERAL_HOSTS;
    }
    if (!isHost(from, to) || to - from > MAX_HOST_BYTES) {
      return Rejection.BAD_HOST;
    }
    hostFrom = from;
    hostTo = to;
    return null;
  }

  /** A name or an address, one with colons in brackets, and maybe a port. */
  private boolean isHost(int from, int to) {
    boolean brackets = from < to && Memory.get(base + from) == '[';
    int end = from;
    while (end < to && Memory.get(base + end) != (brackets ? ']' : ':')) {
      end++;
    }
    int colon = brackets ? end + 1 : end;
    return Octets.skip(Octets.HOST, base, from, end) == end
        && (colon == to || (colon < to && isPort(colon, to)));
  }

  private boolean isPort(int colon, int to) {
    return Memory.get(base + colon) == ':' && Octets.skip(Octets.DIGIT, base, colon + 1, to) == to;
  }

  private boolean isHostOfTarget() {
    int length = hostTo - hostFrom;
    if (length == 0 || length != requestLine.hostTo() - requestLine.hostFrom()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte asked = Memory.get(base + requestLine.hostFrom() + i);
      if (Octets.small(asked) != Octets.small(Memory.get(base + hostFrom + i))) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
