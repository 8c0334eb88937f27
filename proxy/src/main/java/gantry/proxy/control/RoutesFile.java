package gantry.proxy.control;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.Json;
import gantry.proxy.wire.JsonPosition;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireException;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of routes as a user writes it: {@code routes} in the form that {@code apply} takes, and
 * how the process works.
 */
public record RoutesFile(List<WireRoute> routes, Tuning tuning) {
  /** Largest file; as many routes as there may be stay below it. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** The owner of the routes. */
  static final String OWNER = "file";

  private static final List<String> NAMES =
      List.of("$schema", "routes", "transport", "loops", "metrics", "grace");

  /**
   * Reads a file and judges it as far as one can without binding an address.
   *
   * @throws BadRoutesException when it cannot be used
   */
  public static RoutesFile read(Path file) throws BadRoutesException {
    return parse(file, load(file));
  }

  /** The bytes of a file. */
  static byte[] load(Path file) throws BadRoutesException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new BadRoutesException(file + " is larger than " + MAX_BYTES + " bytes", null);
      }
      return bytes;
    } catch (BadRoutesException e) {
      throw e;
    } catch (IOException e) {
      throw new BadRoutesException("cannot read " + file + ": " + e, e);
    }
  }

  /** What the bytes of a file say. */
  static RoutesFile parse(Path file, byte[] bytes) throws BadRoutesException {
    String text = decode(file, bytes);
    try {
      RoutesFile read = from(new WireFields("", Json.parseObject(text)));
      RouteRules.check(OWNER, read.routes, Map.of());
      return read;
    } catch (WireException e) {
      JsonPosition at = e.positionIn(text);
      String place = at.line() > 0 ? ":" + at.line() + ":" + at.column() : "";
      throw new BadRoutesException(file + place + ": " + e.getMessage(), e);
    } catch (RefusedException e) {
      throw new BadRoutesException(file + ": " + e.getMessage(), e);
    }
  }

  private static String decode(Path file, byte[] bytes) throws BadRoutesException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRoutesException(file + " is not UTF-8", e);
    }
  }

  private static RoutesFile from(WireFields fields) throws WireException {
    fields.rejectUnknown(NAMES);
    List<WireRoute> routes = WireRoute.strictListFrom(fields);
    Tuning tuning = new Tuning(transport(fields), loops(fields), metrics(fields), grace(fields));
    return new RoutesFile(routes, tuning);
  }

  private static Optional<Transport> transport(WireFields fields) throws WireException {
    if (!fields.has("transport")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Tuning.transport(fields.text("transport")));
    } catch (IllegalArgumentException e) {
      throw fields.wrong("transport", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Integer> loops(WireFields fields) throws WireException {
    return fields.has("loops")
        ? Optional.of((int) fields.number("loops", 1, Tuning.MAX_LOOPS))
        : Optional.empty();
  }

  private static Optional<WireAddress> metrics(WireFields fields) throws WireException {
    @Nullable Object written = fields.values().get("metrics");
    if (written == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Tuning.metrics(written.toString()));
    } catch (IllegalArgumentException e) {
      throw fields.wrong("metrics", "a port, or HOST:PORT with a literal address");
    }
  }

  private static Optional<Duration> grace(WireFields fields) throws WireException {
    return fields.has("grace")
        ? Optional.of(fields.millis("grace", 0, Tuning.MAX_GRACE.toMillis(), Duration.ZERO))
        : Optional.empty();
  }
}
