package gantry.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, as the jar says. */
final class Version implements IVersionProvider {
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(version).orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"gantry " + current()};
  }
}
