package gantry.plugin.driver.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of a folder's content: a hash over kind, path, owner's execute bit, and bytes or link
 * target of everything in it, in the order of the paths. Times, owners and other mode bits do not
 * count. Each part goes in with its length before it, so no two contents look alike.
 */
final class ContentHash {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final MessageDigest digest = newDigest();

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  void folder(String path) {
    entry('d', path);
  }

  void link(String path, String target) {
    entry('l', path);
    text(target);
  }

  void file(String path, Path file, boolean executable) throws IOException {
    entry(executable ? 'x' : 'f', path);
    MessageDigest content = newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        content.update(buffer, 0, read);
      }
    }
    digest.update(content.digest());
  }

  /** {@code sha256:} and 64 hex digits. */
  String id() {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private void entry(char kind, String path) {
    digest.update((byte) kind);
    text(path);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
