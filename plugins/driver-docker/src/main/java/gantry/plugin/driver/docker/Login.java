package gantry.plugin.driver.docker;

import com.github.dockerjava.api.model.AuthConfig;
import java.util.Optional;

/**
 * What a registry is asked with.
 *
 * @param auth empty for nothing
 * @param told says in a message whose login this is and where it was found, never the secret
 */
record Login(Optional<AuthConfig> auth, String told) {
  /** Nobody has logged in. */
  static Login none(String registry, Object file) {
    return new Login(
        Optional.empty(), "without a login, as %s has none for %s".formatted(file, registry));
  }

  /**
   * @param source the file or the program that it is from
   */
  static Login of(AuthConfig auth, Object source) {
    String user = auth.getUsername();
    String who = user == null || user.isEmpty() ? "with a token" : "as user '" + user + "'";
    return new Login(Optional.of(auth), who + " of " + source);
  }
}
