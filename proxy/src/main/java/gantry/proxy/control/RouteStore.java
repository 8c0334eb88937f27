package gantry.proxy.control;

import gantry.proxy.wire.Json;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireException;
import gantry.proxy.wire.WireFields;
import gantry.proxy.wire.WireRoute;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the routes of all owners in a file, so that they survive the process. */
final class RouteStore {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final int MAX_OWNERS = 100_000;

  private final Path file;

  RouteStore(Path file) {
    this.file = file;
  }

  /** Writes the file anew; returns when it is on the disk. On a failure the old one is intact. */
  void save(Map<String, List<WireRoute>> routes) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("v", Protocol.VERSION);
    content.put("owners", WireStatus.ownersJson(routes));
    byte[] bytes = (Json.write(content) + "\n").getBytes(StandardCharsets.UTF_8);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  /** The routes by owner. A file that makes no sense is moved aside and none are returned. */
  Map<String, List<WireRoute>> load() throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return parse(Files.readString(file));
    } catch (WireException | java.nio.charset.CharacterCodingException e) {
      Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.log(
          Level.SEVERE,
          "NO ROUTES: "
              + file
              + " is not usable ("
              + e.getMessage()
              + "); moved to "
              + aside
              + "; every owner must apply its routes again");
      return Map.of();
    }
  }

  private static Map<String, List<WireRoute>> parse(String text) throws WireException {
    WireFields content = new WireFields("", Json.parseObject(text));
    content.number("v", Protocol.VERSION, Protocol.VERSION);
    Map<String, List<WireRoute>> routes = new LinkedHashMap<>();
    for (WireFields owner : content.objects("owners", MAX_OWNERS)) {
      routes.put(owner.text("owner"), WireRoute.listFrom(owner));
    }
    return routes;
  }

  /** Makes the rename itself durable. */
  private void syncFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
