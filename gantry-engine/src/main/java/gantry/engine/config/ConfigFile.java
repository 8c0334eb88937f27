package gantry.engine.config;

import gantry.api.GantryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Gets the text of a file, within the limits. Also reads pipes, such as a shell's {@code <(..)}.
 */
final class ConfigFile {
  private ConfigFile() {}

  static String text(Path file) {
    Mistakes mistakes = new Mistakes(file.toString());
    byte[] bytes = bytes(file, mistakes);
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw mistakes.fatal("is UTF-16; save it as UTF-8", null);
    }
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    // a new decoder reports what it cannot decode, and stops before it
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, chars, true);
    if (result.isError()) {
      throw mistakes.fatal(notUtf8(bytes, in.position()), null);
    }
    return chars.flip().toString();
  }

  private static byte[] bytes(Path file, Mistakes mistakes) {
    if (Files.isDirectory(file)) {
      throw mistakes.noFile("is a folder; expected a file", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Limits.FILE_BYTES + 1);
      if (bytes.length > Limits.FILE_BYTES) {
        throw mistakes.fatal(tooLarge(), null);
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(e, mistakes);
    }
  }

  static String tooLarge() {
    return "is larger than 1 MiB (" + Limits.FILE_BYTES + " bytes), the limit of a configuration";
  }

  private static GantryException unreadable(IOException e, Mistakes mistakes) {
    return switch (e) {
      case NoSuchFileException missing ->
          mistakes.noFile(
              "no such file; '.gantry' in the working directory is read unless --config names"
                  + " another",
              missing);
      case AccessDeniedException denied ->
          mistakes.noFile("cannot be read: permission denied", denied);
      default -> mistakes.noFile("cannot be read: " + e.getMessage(), e);
    };
  }

  private static String notUtf8(byte[] bytes, int offset) {
    long line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return "is not UTF-8: byte 0x%s at offset %d (line %d)"
        .formatted(HexFormat.of().withUpperCase().toHexDigits(bytes[offset]), offset, line);
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
