package gantry.plugin.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PullErrorsTest {
  /** Words of Docker 20.10 to 28, seen or taken from its sources. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          IMAGE_NOT_FOUND      | manifest for 127.0.0.1:5000/x:v7 not found: manifest unknown: manifest unknown
          IMAGE_NOT_FOUND      | manifest unknown
          IMAGE_NOT_FOUND      | name unknown: repository name not known to registry
          IMAGE_NOT_FOUND      | no matching manifest for linux/arm64/v8 in the manifest list entries
          IMAGE_ACCESS_DENIED  | Head "http://127.0.0.1:5000/v2/x/manifests/latest": no basic auth credentials
          IMAGE_ACCESS_DENIED  | unauthorized: authentication required
          IMAGE_ACCESS_DENIED  | Get "http://r/v2/": unauthorized: incorrect username or password
          IMAGE_ACCESS_DENIED  | pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied
          REGISTRY_UNREACHABLE | Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused
          REGISTRY_UNREACHABLE | Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host
          REGISTRY_UNREACHABLE | Get "https://r/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)
          REGISTRY_UNREACHABLE | Get "https://r/v2/": http: server gave HTTP response to HTTPS client
          REGISTRY_UNREACHABLE | Get "https://r/v2/": x509: certificate signed by unknown authority
          REGISTRY_UNREACHABLE | received unexpected HTTP status: 503 Service Unavailable
          REGISTRY_UNREACHABLE | toomanyrequests: You have reached your pull rate limit
          REGISTRY_UNREACHABLE | unexpected EOF
          ENGINE_REFUSED       | write /var/lib/docker/tmp/x: no space left on device
          ENGINE_UNREACHABLE   | transport is closing: unavailable
          ENGINE_UNREACHABLE   | context canceled
          ENGINE_REFUSED       | invalid reference format: repository name must be lowercase
          """)
  void theEnginesWordsTellTheReason(ErrorCode code, String words) {
    GantryException failure = errors("r/x:v7").of(words, null);

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.text()).contains("r/x:v7", words);
  }

  @Test
  void aDenialSaysWhoAskedAndWhetherThereMayBeNoSuchImage() {
    assertThat(errors("r/x:v7").of("unauthorized: authentication required", null))
        .hasMessage(
            "the registry denies access to image r/x:v7 (asked without a login, as /c has none for"
                + " r): unauthorized: authentication required");
    assertThat(
            errors("x:v7")
                .of("pull access denied for x, repository does not exist or may require", null))
        .hasMessageContaining("denies access to image x:v7, or has none of that name (asked");
  }

  @Test
  void whatToDoNextIsTold() {
    assertThat(next("r/x:v7", "write /x: no space left on device")).contains("docker system df");
    assertThat(next("r/x:v7", "manifest unknown")).contains("check the repo and the tag");
    assertThat(next("r/x@sha256:12", "manifest unknown")).contains("push this very image again");
  }

  private static String next(String reference, String words) {
    return errors(reference).of(words, null).next().orElseThrow();
  }

  private static PullErrors errors(String reference) {
    return new PullErrors(reference, Login.none("r", "/c"));
  }

  @Test
  void slownessIsTheRegistrysOrTheTimeouts() {
    assertThat(PullErrors.slow("r/x:v7", Duration.ofSeconds(9), 0).code())
        .isEqualTo(ErrorCode.REGISTRY_UNREACHABLE);
    assertThat(PullErrors.slow("r/x:v7", Duration.ofSeconds(9), 17))
        .hasMessageContaining("within 9000 ms; 17 bytes")
        .extracting(failure -> failure.code())
        .isEqualTo(ErrorCode.TIMED_OUT);
  }

  @Test
  void aNameIsSplitAsDockerDoes() {
    assertThat(new ImageName("web").registry()).isEqualTo("docker.io");
    assertThat(new ImageName("my/localrepo").namesRegistry()).isFalse();
    assertThat(new ImageName("localhost/web").registry()).isEqualTo("localhost");
    assertThat(new ImageName("127.0.0.1:5000/shop/web").registry()).isEqualTo("127.0.0.1:5000");
    assertThat(new ImageName("ghcr.io/shop/web").registry()).isEqualTo("ghcr.io");
  }
}
