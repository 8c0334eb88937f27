package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where etcd is, and how it lets a command in. The password is in none of them: everybody on a
 * machine can read the command lines of its processes.
 */
final class EtcdOptions {
  @Option(
      names = "--etcd",
      paramLabel = "URL[,URL]",
      defaultValue = "${env:GANTRY_ETCD}",
      description = "etcd's addresses (GANTRY_ETCD; default: http://127.0.0.1:2379).")
  @Nullable String endpoints;

  @Option(names = "-etcd", paramLabel = "HOST", description = "Older spelling of --etcd.")
  @Nullable String host;

  @Option(names = "-etcdport", paramLabel = "PORT", description = "The port that goes with -etcd.")
  int port = 2379;

  @Option(
      names = "--etcd-cacert",
      paramLabel = "FILE",
      defaultValue = "${env:GANTRY_ETCD_CACERT}",
      description =
          "Authorities that etcd's certificate may come from, as PEM (GANTRY_ETCD_CACERT; default:"
              + " those of the JVM).")
  @Nullable Path cacert;

  @Option(
      names = "--etcd-cert",
      paramLabel = "FILE",
      defaultValue = "${env:GANTRY_ETCD_CERT}",
      description = "The certificate to show to etcd, as PEM (GANTRY_ETCD_CERT).")
  @Nullable Path cert;

  @Option(
      names = "--etcd-key",
      paramLabel = "FILE",
      defaultValue = "${env:GANTRY_ETCD_KEY}",
      description = "The key of that certificate, as PEM (GANTRY_ETCD_KEY).")
  @Nullable Path key;

  @Option(
      names = "--etcd-user",
      paramLabel = "NAME",
      defaultValue = "${env:GANTRY_ETCD_USER}",
      description = "The user to be for etcd (GANTRY_ETCD_USER).")
  @Nullable String user;

  @Option(
      names = "--etcd-password-file",
      paramLabel = "FILE",
      defaultValue = "${env:GANTRY_ETCD_PASSWORD_FILE}",
      description =
          "File with the user's password in its first line (GANTRY_ETCD_PASSWORD_FILE; default:"
              + " the password is GANTRY_ETCD_PASSWORD).")
  @Nullable Path passwordFile;

  /** The settings with these for the coordinator's plugin. */
  Settings into(Settings settings) {
    Settings more = settings.withOption("etcd.endpoints", endpoints());
    for (Map.Entry<String, Path> file : files().entrySet()) {
      more = more.withOption("etcd." + file.getKey(), file.getValue().toString());
    }
    return user == null ? more : more.withOption("etcd.user", name(user));
  }

  /** The same options for another command of ours. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (host != null || endpoints != null) {
      words.addAll(List.of("--etcd", endpoints()));
    }
    files().forEach((name, file) -> words.addAll(List.of("--etcd-" + name, file.toString())));
    if (user != null) {
      words.addAll(List.of("--etcd-user", name(user)));
    }
    return words;
  }

  String endpoints() {
    if (host != null) {
      return "http://" + host + ":" + port;
    }
    return endpoints == null ? "http://127.0.0.1:" + port : endpoints;
  }

  private Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    put(files, "cacert", cacert);
    put(files, "cert", cert);
    put(files, "key", key);
    put(files, "password-file", passwordFile);
    return files;
  }

  private static void put(Map<String, Path> files, String name, @Nullable Path file) {
    if (file != null) {
      files.put(name, file.toAbsolutePath().normalize());
    }
  }

  /** What follows the colon is a secret already, and is not said again. */
  private static String name(String user) {
    if (user.contains(":")) {
      throw new GantryException(
          ErrorCode.USAGE,
          "--etcd-user: expected a name, found one with ':' in it; a password is not given on the"
              + " command line, where everybody on this machine can read it",
          "--etcd-user "
              + user.substring(0, user.indexOf(':'))
              + " with --etcd-password-file FILE or GANTRY_ETCD_PASSWORD; consider another"
              + " password, this one was shown",
          null);
    }
    return user;
  }
}
