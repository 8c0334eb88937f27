package gantry.cli.support;

import gantry.testkit.server.DockerEngine;
import gantry.testkit.server.Registry;
import gantry.testkit.server.TestImages;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One container engine and one registry for all test classes of a run, started with the first that
 * asks for it: {@code @ExtendWith(Servers.Shared.class)} and a parameter of this type.
 */
public final class Servers implements AutoCloseable {
  private final DockerEngine engine;
  private final Registry registry = Registry.start();

  private Servers(DockerEngine engine) {
    this.engine = engine;
  }

  /** Servers for one test alone, which may restart this engine; closed with the result. */
  public static Servers own(DockerEngine engine) {
    return new Servers(engine);
  }

  /** The engine. */
  public DockerEngine engine() {
    return engine;
  }

  /** The registry. */
  public Registry registry() {
    return registry;
  }

  /** Makes images on the engine. */
  public TestImages images() {
    return new TestImages(engine);
  }

  @Override
  public void close() {
    registry.close();
    engine.close();
  }

  /** Hands the servers to tests. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(Servers.class))
          .getOrComputeIfAbsent(
              Servers.class, type -> new Servers(DockerEngine.start()), Servers.class);
    }
  }
}
