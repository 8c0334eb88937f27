package gantry.proxy.control;

import gantry.proxy.wire.ProxyFiles;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends what is logged, Netty's included, to the proxy's log file. By the JDK's own logging, which
 * is there already when everything else has to be loaded.
 */
final class ProxyLog {
  private static final int MAX_FILE_BYTES = 1024 * 1024;
  private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n";

  private ProxyLog() {}

  /**
   * Starts to log to {@code proxy.log}; the last full file is {@code proxy.log.1}.
   *
   * @param aloud whether to standard error too
   */
  static void open(ProxyFiles files, boolean aloud) throws IOException {
    System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    LogManager.getLogManager().reset();
    LastingLogs.keep();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    Handler file = new RotatingFile(files.log(), MAX_FILE_BYTES);
    file.setFormatter(new SimpleFormatter());
    root.addHandler(file);
    if (aloud) {
      root.addHandler(new ConsoleHandler());
    }
  }
}
