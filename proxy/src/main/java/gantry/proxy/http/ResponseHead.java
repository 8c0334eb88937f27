package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The head of an answer, see {@link Head}. */
public final class ResponseHead extends Head {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int UPGRADE_REQUIRED = 426;
  private static final byte[] VERSION = "http/1.".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS = "HTTP/1.1 ".length();
  private static final int STATUS_END = STATUS + 3;

  private boolean toHead;
  private int status;

  /** Forgets everything: the next scan is of the answer to a request with this method. */
  public void expect(boolean methodIsHead) {
    clear();
    toHead = methodIsHead;
  }

  @Override
  public void clear() {
    super.clear();
    status = 0;
  }

  /** The status, 100 to 999. */
  public int status() {
    return status;
  }

  /** Whether another answer to the same request follows. */
  public boolean isInterim() {
    return status < 200 && status != SWITCHING_PROTOCOLS;
  }

  /** Whether the connection now speaks another protocol. */
  public boolean isUpgrade() {
    return status == SWITCHING_PROTOCOLS;
  }

  @Override
  public long body() {
    if (toHead || status < 200 || status == NO_CONTENT || status == NOT_MODIFIED) {
      return 0;
    }
    if (framing.isSilent()) {
      return UNTIL_CLOSE;
    }
    return framing.isChunked() ? CHUNKED : framing.length();
  }

  @Override
  public boolean keepAlive() {
    return super.keepAlive() && body() != UNTIL_CLOSE && !isUpgrade();
  }

  /**
   * Makes it the head that a client gets: without what concerns the backend's connection alone.
   *
   * @param connection the line that tells what becomes of the client's connection; may be empty
   * @return its length, from the chunk's position on
   */
  int forward(Chunk chunk, HeadEdit edit, byte[] connection) {
    edit.begin();
    edit.add(connection);
    return edit.apply(this, chunk);
  }

  @Override
  boolean allowsEmptyLine() {
    return false;
  }

  /** Many servers leave out the space before an empty reason, so that is accepted. */
  @Override
  @Nullable Rejection startLine(int from, int to) {
    if (to - from < STATUS_END || !startsWithVersion(from) || !readStatus(from + STATUS)) {
      return Rejection.STATUS_LINE;
    }
    boolean reason = to - from == STATUS_END || Memory.get(base + from + STATUS_END) == Octets.SP;
    return reason && Octets.isText(base, from, to) ? null : Rejection.STATUS_LINE;
  }

  @Override
  @Nullable Rejection field(int name, int lineFrom, int from, int to) {
    return null;
  }

  @Override
  @Nullable Rejection judge() {
    boolean noBody = status < 200 || status == NO_CONTENT;
    if (noBody && (framing.isChunked() || framing.length() > 0)) {
      return Rejection.BODY_NOT_ALLOWED;
    }
    if (!isUpgrade() && status != UPGRADE_REQUIRED) {
      hopByHop.cutUpgrade();
    }
    return null;
  }

  /** The word is compared as it is: another case of HTTP is not HTTP. */
  private boolean startsWithVersion(int from) {
    byte minor = Memory.get(base + from + VERSION.length);
    oldVersion = minor == '0';
    boolean capitals = true;
    for (int i = 0; i < "HTTP".length(); i++) {
      capitals &= Memory.get(base + from + i) == (VERSION[i] & ~0x20);
    }
    return capitals
        && Octets.equalsIgnoreCase(base, from, from + VERSION.length, VERSION)
        && (minor == '0' || minor == '1')
        && Memory.get(base + from + STATUS - 1) == Octets.SP;
  }

  private boolean readStatus(int at) {
    if (Octets.skip(Octets.DIGIT, base, at, at + 3) < at + 3 || Memory.get(base + at) == '0') {
      return false;
    }
    status = 0;
    for (int i = 0; i < 3; i++) {
      status = status * 10 + (Memory.get(base + at + i) - '0');
    }
    return true;
  }
}
