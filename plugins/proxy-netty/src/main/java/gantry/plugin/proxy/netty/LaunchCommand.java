package gantry.plugin.proxy.netty;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.proxy.ProxyMain;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The command line that starts a proxy process. */
final class LaunchCommand {
  /**
   * Flags of the data plane: a small heap and a collector without threads of its own, and an end
   * instead of a half-dead process when memory is out.
   */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx512m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** One class of each jar that the proxy needs. */
  private static final List<String> CLASSES =
      List.of(
          "io.netty.util.concurrent.Future",
          "io.netty.buffer.ByteBuf",
          "io.netty.resolver.AddressResolver",
          "io.netty.channel.Channel",
          "com.fasterxml.jackson.core.JsonFactory");

  private LaunchCommand() {}

  /**
   * The command for a state folder.
   *
   * @param launcher the program to use, when one was configured
   */
  static List<String> of(Optional<String> launcher, Path stateDir) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    if (launcher.isPresent()) {
      command.add(launcher.get());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(FLAGS);
      command.add("-cp");
      command.add(String.join(File.pathSeparator, classPath()));
      command.add(ProxyMain.class.getName());
    }
    command.add("--state-dir");
    command.add(stateDir.toAbsolutePath().toString());
    return command;
  }

  private static Set<String> classPath() {
    Set<String> places = new LinkedHashSet<>();
    places.add(placeOf(ProxyMain.class));
    for (String name : CLASSES) {
      try {
        places.add(placeOf(Class.forName(name, false, LaunchCommand.class.getClassLoader())));
      } catch (ClassNotFoundException e) {
        throw incomplete("class " + name + " is missing", e);
      }
    }
    return places;
  }

  private static String placeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw incomplete("class " + type.getName() + " comes from nowhere", null);
    }
    return file(source.getLocation());
  }

  private static String file(URL place) {
    try {
      return Path.of(new URI(place.toString())).toAbsolutePath().toString();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw incomplete(place + " is not a file", e);
    }
  }

  private static GantryException incomplete(String what, @Nullable Exception cause) {
    return new GantryException(
        ErrorCode.INTERNAL,
        "cannot put together the class path of the proxy: " + what,
        "name the proxy's launcher with the option proxy.command",
        cause);
  }
}
