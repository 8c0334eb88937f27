package gantry.plugin.driver.docker;

import gantry.api.Clock;
import gantry.api.PluginContext;
import gantry.api.Subscription;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.ExecResult;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs containers with a Docker engine. Keeps nothing: what is known stands in the containers. */
final class DockerDriver implements ContainerDriver {
  private final Clock clock;
  private final Engine engine;
  private final Images images;
  private final ContainerReader reader;
  private final ContainerCreation creation;
  private final ContainerLifecycle lifecycle;
  private final ContainerOutput output;
  private final Set<Subscription> watches = ConcurrentHashMap.newKeySet();

  private DockerDriver(Clock clock, Engine engine, Credentials credentials, Addressing addressing) {
    this.clock = clock;
    this.engine = engine;
    this.images = new Images(engine, credentials, clock);
    this.reader = new ContainerReader(engine);
    this.creation =
        new ContainerCreation(engine, new AddressingChoice(addressing, engine.address()));
    this.lifecycle = new ContainerLifecycle(engine);
    this.output = new ContainerOutput(engine);
  }

  static DockerDriver create(PluginContext context, Limits limits) {
    EngineAddress address =
        EngineAddress.parse(context.option("docker.host").orElse(EngineAddress.DEFAULT));
    Addressing addressing = Addressing.parse(context.option("docker.addressing").orElse("auto"));
    Map<String, String> environment = System.getenv();
    Path config =
        context
            .option("docker.config")
            .map(Path::of)
            .orElseGet(() -> Credentials.defaultFolder(environment));
    CredentialHelper helper =
        new CredentialHelper(
            context.option("docker.helperPath").orElse(environment.getOrDefault("PATH", "")),
            CredentialHelper.LIMIT);
    return new DockerDriver(
        context.clock(), new Engine(address, limits), new Credentials(config, helper), addressing);
  }

  @Override
  public String kind() {
    return DockerDriverFactory.KIND;
  }

  @Override
  public Image resolve(String repo, String tag, Duration timeout) {
    return images.resolve(repo, tag, timeout);
  }

  @Override
  public void pull(Image image, PullListener listener, Duration timeout) {
    images.pull(image, listener, timeout);
  }

  @Override
  public ContainerId create(ContainerSpec spec) {
    return creation.create(spec);
  }

  @Override
  public void start(ContainerId id) {
    lifecycle.start(id);
  }

  @Override
  public void stop(ContainerId id, Duration grace) {
    lifecycle.stop(id, grace);
  }

  @Override
  public void kill(ContainerId id) {
    lifecycle.kill(id);
  }

  @Override
  public void remove(ContainerId id) {
    lifecycle.remove(id);
  }

  @Override
  public List<ContainerStatus> list(Map<String, String> labels) {
    return reader.list(labels);
  }

  @Override
  public Optional<ContainerStatus> inspect(ContainerId id) {
    return reader.inspect(id);
  }

  @Override
  public ExecResult exec(ContainerId id, List<String> command, Duration timeout) {
    return output.exec(id, command, timeout);
  }

  @Override
  public List<String> logs(ContainerId id, int lastLines) {
    return output.logs(id, lastLines);
  }

  @Override
  public Subscription watch(Map<String, String> labels, Runnable wake) {
    EventWatch watch = EventWatch.start(engine, clock, labels, wake);
    watches.add(watch);
    return () -> {
      watches.remove(watch);
      watch.close();
    };
  }

  @Override
  public void close() {
    watches.forEach(Subscription::close);
    watches.clear();
    engine.close();
  }
}
