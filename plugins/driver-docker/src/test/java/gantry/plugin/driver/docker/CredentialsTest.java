package gantry.plugin.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.model.AuthConfig;
import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsTest {
  @TempDir private Path folder;
  private Credentials credentials;

  @BeforeEach
  void makeCredentials() {
    credentials = withHelperLimit(Duration.ofSeconds(20));
  }

  private Credentials withHelperLimit(Duration limit) {
    return new Credentials(folder, new CredentialHelper(folder + ":/usr/bin:/bin", limit));
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
  }

  private void helper(String script) throws IOException {
    Path file = folder.resolve("docker-credential-test");
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> user(String registry) {
    return credentials.forRegistry(registry).auth().map(CredentialsTest::pair);
  }

  private static String pair(AuthConfig login) {
    return login.getUsername() + "/" + login.getPassword();
  }

  private GantryException failure() {
    GantryException failure =
        catchThrowableOfType(GantryException.class, () -> credentials.forRegistry("r:5000"));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void whereNobodyLoggedInThereIsNoLogin() throws IOException {
    assertThat(user("r:5000")).isEmpty();
    config("{}");
    assertThat(user("r:5000")).isEmpty();
    config("{'auths':{'other:5000':{'auth':'" + base64("u:p") + "'},'r:5000':{}}}");
    assertThat(user("r:5000")).isEmpty();
  }

  @Test
  void aWrittenLoginIsFoundUnderEachSpelling() throws IOException {
    for (String key : new String[] {"r:5000", "https://r:5000", "http://r:5000/v2/"}) {
      config("{'auths':{'" + key + "':{'auth':'" + base64("u:p:q") + "'}}}");
      assertThat(user("r:5000")).as(key).contains("u/p:q");
    }
  }

  @Test
  void aLoginInPlainFieldsCountsToo() throws IOException {
    config("{'auths':{'r:5000':{'username':'u','password':'p'}}}");
    assertThat(user("r:5000")).contains("u/p");
  }

  @Test
  void whereALoginIsFromIsToldWithoutItsSecret() throws IOException {
    config("{'auths':{'r:5000':{'auth':'" + base64("u:s3cret") + "'}}}");
    assertThat(credentials.forRegistry("r:5000").told())
        .isEqualTo("as user 'u' of " + folder.resolve("config.json"));
    assertThat(credentials.forRegistry("other").told())
        .isEqualTo("without a login, as %s/config.json has none for other".formatted(folder));
    config("{'credsStore':'test'}");
    helper("echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
    assertThat(credentials.forRegistry("r:5000").told())
        .isEqualTo("with a token of docker-credential-test");
  }

  @Test
  void dockersOwnRegistryHasAKeyOfItsOwn() throws IOException {
    config("{'auths':{'https://index.docker.io/v1/':{'auth':'" + base64("u:p") + "'}}}");
    assertThat(user("docker.io")).contains("u/p");
  }

  @Test
  void anIdentityTokenIsALogin() throws IOException {
    config("{'auths':{'r:5000':{'identitytoken':'abc'}}}");
    assertThat(credentials.forRegistry("r:5000").auth().map(AuthConfig::getIdentitytoken))
        .contains("abc");
  }

  @Test
  void theHelperOfARegistryGoesBeforeTheStoreAndTheFile() throws IOException {
    config(
        "{'credHelpers':{'r:5000':'test'},'credsStore':'missing','auths':{'r:5000':{'auth':'"
            + base64("file:p")
            + "'}}}");
    helper("read r; echo '{\"Username\":\"'$r'\",\"Secret\":\"s\"}'");
    assertThat(user("r:5000")).contains("r:5000/s");
  }

  @Test
  void aStoreThatHasNothingLeavesTheFile() throws IOException {
    config("{'credsStore':'test','auths':{'r:5000':{'auth':'" + base64("file:p") + "'}}}");
    helper("echo 'credentials not found in native keychain'; exit 1");
    assertThat(user("r:5000")).contains("file/p");
  }

  @Test
  void aTokenUserMeansAnIdentityToken() throws IOException {
    config("{'credsStore':'test'}");
    helper("echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'");
    assertThat(credentials.forRegistry("r:5000").auth().map(AuthConfig::getIdentitytoken))
        .contains("t");
  }

  @Test
  void aMissingHelperIsNamed() throws IOException {
    config("{'credsStore':'missing'}");
    assertThat(failure().code()).isEqualTo(ErrorCode.IMAGE_ACCESS_DENIED);
    assertThat(failure()).hasMessageContaining("docker-credential-missing");
  }

  @Test
  void aHelperThatFailsIsToldWithoutItsWords() throws IOException {
    config("{'credsStore':'test'}");
    helper("echo s3cret; exit 4");
    assertThat(failure()).hasMessageContaining("ended with code 4").hasMessageNotContaining("s3");
    helper("echo s3cret");
    assertThat(failure()).hasMessageNotContaining("s3").hasNoCause();
  }

  @Test
  void aHelperThatHangsIsEnded() throws IOException {
    config("{'credsStore':'test'}");
    helper("sleep 100; echo");
    credentials = withHelperLimit(Duration.ofMillis(300));
    long start = Clock.SYSTEM.monotonicNanos();
    assertThat(failure())
        .hasMessageContaining("docker-credential-test")
        .hasMessageContaining("did not answer within 300 ms");
    assertThat(Clock.SYSTEM.since(start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aBrokenFileIsToldWithoutItsContent() throws IOException {
    config("{'auths': s3cret");
    assertThat(failure().code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
    assertThat(failure()).hasMessageContaining("line 1").hasMessageNotContaining("s3").hasNoCause();
    config("{'auths':{'r:5000':{'auth':'" + base64("s3cret") + "'}}}");
    assertThat(failure()).hasMessageContaining("user:password").hasMessageNotContaining("s3");
  }

  @Test
  void theFolderIsTheOneOfTheCommandLine() {
    assertThat(Credentials.defaultFolder(Map.of("DOCKER_CONFIG", "/c"))).isEqualTo(Path.of("/c"));
    assertThat(Credentials.defaultFolder(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.docker"));
  }
}
