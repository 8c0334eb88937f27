package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.desync.Dialect.Both;
import gantry.proxy.traffic.desync.Dialect.Codings;
import gantry.proxy.traffic.desync.Reading.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits the bytes of a connection into requests as one dialect does. */
final class DialectReader {
  private static final long NO_BODY = 0;
  private static final long CHUNKS = -1;

  private final Dialect dialect;
  private final HeadReader heads;
  private final ChunkReader chunks;

  DialectReader(Dialect dialect) {
    this.dialect = dialect;
    this.heads = new HeadReader(dialect);
    this.chunks = new ChunkReader(dialect, heads);
  }

  Reading read(byte[] bytes) {
    Lines lines = new Lines(bytes, dialect.lineEnds());
    List<Request> requests = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        more = next(lines, requests);
      }
      return new Reading(List.copyOf(requests), isLeftover(lines, bytes), null);
    } catch (RefusedBytes e) {
      return new Reading(List.copyOf(requests), true, e.getMessage());
    }
  }

  private boolean next(Lines lines, List<Request> requests) throws RefusedBytes {
    int place = lines.place();
    Head head = heads.next(lines);
    if (head == null) {
      lines.goTo(place);
      return false;
    }
    boolean complete;
    try {
      complete = body(lines, framing(head));
    } catch (RefusedBytes inBody) {
      requests.add(new Request(head.method(), head.target(), false, head.expectsContinue()));
      throw inBody;
    }
    requests.add(new Request(head.method(), head.target(), complete, head.expectsContinue()));
    return complete;
  }

  /** Blanks between requests are no request. */
  private static boolean isLeftover(Lines lines, byte[] bytes) {
    for (int i = lines.place(); i < bytes.length; i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n') {
        return true;
      }
    }
    return false;
  }

  private boolean body(Lines lines, long framing) throws RefusedBytes {
    return framing == CHUNKS ? chunks.skip(lines) : lines.skip(framing);
  }

  private long framing(Head head) throws RefusedBytes {
    List<String> codings = head.values("transfer-encoding");
    List<String> lengths = head.values("content-length");
    if (!codings.isEmpty() && !lengths.isEmpty() && dialect.both() == Both.REFUSED) {
      throw new RefusedBytes("both Content-Length and Transfer-Encoding");
    }
    boolean lengthCounts = !lengths.isEmpty() && dialect.both() == Both.LENGTH;
    if (!codings.isEmpty() && !lengthCounts && isChunked(codings, head)) {
      return CHUNKS;
    }
    return lengths.isEmpty() ? NO_BODY : Numbers.length(lengths, dialect.lengths());
  }

  private boolean isChunked(List<String> codings, Head head) throws RefusedBytes {
    String all = String.join(",", codings).toLowerCase(Locale.ROOT);
    if (dialect.codings() == Codings.EXACT && (!all.equals("chunked") || head.minor() == 0)) {
      throw new RefusedBytes("Transfer-Encoding: " + all);
    }
    if (head.minor() == 0 && !dialect.codingBefore11()) {
      return false;
    }
    return dialect.codings() == Codings.CONTAINED
        ? all.contains("chunked")
        : all.substring(all.lastIndexOf(',') + 1).strip().equals("chunked");
  }
}
