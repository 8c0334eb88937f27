package gantry.plugin.checks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one HTTP/1.x answer from a stream, strictly and within limits. Not thread-safe. */
final class HttpResponse {
  /** Longest status line or header line; Netty's and Apache's limits are of this size. */
  static final int MAX_LINE_CHARS = 8192;

  /** Most header lines of all answers together, interim ones included. */
  static final int MAX_HEADER_LINES = 200;

  /** How much of a page is read at most; a page that is longer counts as read. */
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");
  private static final int SWITCHING_PROTOCOLS = 101;

  private final InputStream in;
  private final String url;
  private int headerLines;
  private boolean chunked;
  private OptionalLong length = OptionalLong.empty();
  private int status;

  HttpResponse(InputStream in, String url) {
    this.in = in;
    this.url = url;
  }

  /** Reads up to the end of the headers, skipping interim answers; returns the status. */
  int readHead() throws IOException {
    do {
      countHeaderLine(); // interim answers without headers must end as well
      status = statusOf(firstLine());
      readHeaders();
    } while (status < 200 && status != SWITCHING_PROTOCOLS);
    return status;
  }

  /** Reads the page to its end or to the limit and forgets it. Call it once, after the head. */
  void readBody() throws IOException {
    if (status < 200 || status == 204 || status == 304) {
      return;
    }
    if (chunked) {
      readChunks();
    } else if (length.isPresent()) {
      skip(Math.min(length.getAsLong(), MAX_BODY_BYTES));
    } else {
      skipToEnd();
    }
  }

  private String firstLine() throws IOException {
    try {
      return line();
    } catch (EOFException e) {
      throw new BadAnswerException("connection closed by " + url + " without an answer");
    }
  }

  private int statusOf(String line) throws IOException {
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new BadAnswerException(
          "no HTTP answer from " + url + ", it begins with '" + Reasons.quote(line) + "'");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private void readHeaders() throws IOException {
    chunked = false;
    length = OptionalLong.empty();
    for (String line = headLine(); !line.isEmpty(); line = headLine()) {
      countHeaderLine();
      int colon = line.indexOf(':');
      if (colon > 0) {
        header(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
  }

  private void countHeaderLine() throws IOException {
    if (++headerLines > MAX_HEADER_LINES) {
      throw new BadAnswerException("more than " + MAX_HEADER_LINES + " headers from " + url);
    }
  }

  private void header(String name, String value) throws IOException {
    if (name.equalsIgnoreCase("transfer-encoding")) {
      chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
    } else if (name.equalsIgnoreCase("content-length")) {
      if (!LENGTH.matcher(value).matches()) {
        throw new BadAnswerException(
            "Content-Length '" + Reasons.quote(value) + "' from " + url + " is not a number");
      }
      length = OptionalLong.of(Long.parseLong(value));
    }
  }

  private String headLine() throws IOException {
    try {
      return line();
    } catch (EOFException e) {
      throw new BadAnswerException("connection closed by " + url + " within the headers");
    }
  }

  private void readChunks() throws IOException {
    long total = 0;
    while (total < MAX_BODY_BYTES) {
      long size = chunkSize();
      if (size == 0) {
        return; // trailers say nothing about the page
      }
      skip(Math.min(size, MAX_BODY_BYTES - total));
      total += size;
      if (total < MAX_BODY_BYTES && !bodyLine().isEmpty()) {
        throw new BadAnswerException("the page of " + url + " has a broken chunk");
      }
    }
  }

  private long chunkSize() throws IOException {
    Matcher matcher = CHUNK_SIZE.matcher(bodyLine());
    if (!matcher.matches()) {
      throw new BadAnswerException("the page of " + url + " has a broken chunk size");
    }
    return Long.parseLong(matcher.group(1), 16);
  }

  private String bodyLine() throws IOException {
    try {
      return line();
    } catch (EOFException e) {
      throw cutOff();
    }
  }

  private void skip(long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw cutOff();
    }
  }

  private void skipToEnd() throws IOException {
    byte[] block = new byte[8192];
    long total = 0;
    for (int n = in.read(block); n >= 0 && total < MAX_BODY_BYTES; n = in.read(block)) {
      total += n;
    }
  }

  private BadAnswerException cutOff() {
    return new BadAnswerException("connection closed by " + url + " within the page");
  }

  /** One line without its end; a bare line feed ends it too (RFC 9112, section 2.2). */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("end of stream within a line");
      }
      if (line.length() == MAX_LINE_CHARS) {
        throw new BadAnswerException(
            "a line of more than " + MAX_LINE_CHARS + " characters in the answer of " + url);
      }
      line.append((char) next); // ISO 8859-1
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }
}
