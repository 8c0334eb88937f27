package gantry.engine.simulation;

import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerSpec;
import gantry.api.container.Image;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** A driver that pulls and runs whatever the tag stands for at that moment. */
final class TagDriver {
  private TagDriver() {}

  static ContainerDriver of(ContainerDriver real) {
    Object driver =
        Proxy.newProxyInstance(
            TagDriver.class.getClassLoader(),
            new Class<?>[] {ContainerDriver.class},
            (self, method, arguments) -> {
              if (arguments != null && arguments.length > 0) {
                arguments[0] = unpinned(real, arguments[0]);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return (ContainerDriver) driver;
  }

  private static Object unpinned(ContainerDriver real, Object argument) {
    return switch (argument) {
      case Image image -> now(real, image);
      case ContainerSpec spec ->
          new ContainerSpec(
              spec.name(),
              now(real, spec.image()),
              spec.command(),
              spec.environment(),
              spec.labels(),
              spec.ports());
      default -> argument;
    };
  }

  private static Image now(ContainerDriver real, Image image) {
    return real.resolve(image.repo(), image.tag(), Duration.ofSeconds(10));
  }
}
