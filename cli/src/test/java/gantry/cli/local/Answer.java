package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * What a finished command gave.
 *
 * @param took from its start until its end
 */
record Answer(String command, int exitCode, String out, String err, Duration took) {
  /** Fails with all that was printed unless the command succeeded. */
  Answer ok() {
    return exits(0);
  }

  Answer exits(int code) {
    assertThat(exitCode).as("%s%n%s%s", command, out, err).isEqualTo(code);
    return this;
  }
}
