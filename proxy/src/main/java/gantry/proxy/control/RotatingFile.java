package gantry.proxy.control;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Appends to a file; when that is full, it becomes {@code NAME.1} and a new one begins. The JDK's
 * handler does not keep the plain name for the newest file.
 */
final class RotatingFile extends Handler {
  private final Path file;
  private final long maxBytes;
  private BufferedWriter out;
  private long bytes;

  RotatingFile(Path file, long maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.out = append();
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    try {
      String line = getFormatter().format(entry);
      if (bytes > maxBytes) {
        rotate();
      }
      out.write(line);
      out.flush();
      bytes += line.length();
    } catch (IOException e) {
      reportError("cannot log to " + file, e, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public synchronized void flush() {
    // Every line is flushed when it is written.
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
    }
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    out = append();
  }

  private BufferedWriter append() throws IOException {
    BufferedWriter writer =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    bytes = Files.size(file);
    return writer;
  }
}
