package gantry.cli.fleet;

import gantry.cli.support.Servers;
import gantry.testkit.server.TestImages;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The component that fleets run: answers every request with its version and the path, over HTTP/1.1
 * with kept connections. Each instance has a repository of its own, always with the tag latest.
 */
final class Web {
  static final int PORT = 8080;

  private static final String LISTENER = TestImages.listener(PORT, "/app/serve");

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Servers servers;
  private final String repo;

  Web(Servers servers) {
    this.servers = servers;
    this.repo = servers.registry().repo("shop/web" + COUNT.incrementAndGet());
  }

  /** The repository's name, with the registry's address. */
  String repo() {
    return repo;
  }

  /** Publishes a release that serves at once. */
  void release(String version) {
    releaseSlow(version, 0);
  }

  /** Publishes a release that listens only some seconds after its start. */
  void releaseSlow(String version, int seconds) {
    String run =
        """
        #!/bin/sh
        trap 'exit 0' TERM
        echo starting %s
        sleep %d & wait $!
        %s & wait
        """
            .formatted(version, seconds, LISTENER);
    publish(images -> images.files(latest(), Map.of("run", run, "serve", serve(version))));
  }

  /** Publishes a release that answers 503 for ever. */
  void releaseUnready() {
    String run =
        """
        #!/bin/sh
        trap 'exit 0' TERM
        echo the cache is cold: loading
        %s & wait
        """
            .formatted(LISTENER);
    String serve =
        """
        #!/bin/sh
        while read -r header && [ ${#header} -gt 1 ]; do :; done
        printf 'HTTP/1.1 503 Service Unavailable\\r\\nContent-Length: 0\\r\\n\\r\\n'
        """;
    publish(images -> images.files(latest(), Map.of("run", run, "serve", serve)));
  }

  /** Publishes a release that ends at once. */
  void releaseExiting() {
    publish(images -> images.exiting(latest(), "no database: giving up", 3));
  }

  /** Removes the last release from the engine, so that it has to be pulled. */
  void forget() {
    String newestFirst = servers.engine().docker("images", "--quiet", "--digests", repo);
    servers.images().forget(newestFirst.lines().findFirst().orElseThrow());
  }

  private interface Making {
    String make(TestImages images);
  }

  /** Pushed and forgotten, so that machines have to pull it. */
  private void publish(Making making) {
    TestImages images = servers.images();
    images.push(making.make(images));
    images.forget(latest());
  }

  private String latest() {
    return repo + ":latest";
  }

  private static String serve(String version) {
    return """
        #!/bin/sh
        while read -r method path rest; do
          while read -r header && [ ${#header} -gt 1 ]; do :; done
          body="%s $path"
          printf 'HTTP/1.1 200 OK\\r\\nContent-Length: %%d\\r\\n\\r\\n%%s' ${#body} "$body"
        done
        """
        .formatted(version);
  }
}
