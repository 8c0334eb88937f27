package gantry.plugin.driver.docker;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How this machine reaches a container's ports. */
enum Addressing {
  /** Direct where that works, else published. */
  AUTO,
  /** At the container's own address on the engine's bridge. */
  DIRECT,
  /** Through a port on loopback that the engine chooses and forwards. */
  PUBLISHED;

  static Addressing parse(String text) {
    List<String> words =
        Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    if (!words.contains(text)) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "docker.addressing: expected one of %s, found '%s'%s"
              .formatted(String.join(", ", words), text, Nearest.hint(text, words)));
    }
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
