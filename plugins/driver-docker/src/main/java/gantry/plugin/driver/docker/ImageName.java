package gantry.plugin.driver.docker;

import java.util.Locale;

/** A repository's name, split as Docker splits it. */
record ImageName(String repo) {
  /** The registry of names that do not say one. */
  static final String DOCKER_HUB = "docker.io";

  /** Whether the name itself says which registry it lies in. */
  boolean namesRegistry() {
    int slash = repo.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String first = repo.substring(0, slash);
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  /** Host and port of the registry, or {@link #DOCKER_HUB}. */
  String registry() {
    return namesRegistry() ? repo.substring(0, repo.indexOf('/')) : DOCKER_HUB;
  }

  String tagged(String tag) {
    return repo + ":" + tag;
  }

  String pinned(String digest) {
    return repo + "@" + digest;
  }
}
