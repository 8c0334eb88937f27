package gantry.engine.plugin;

import gantry.api.check.HealthCheckFactory;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.container.ContainerDriverFactory;
import gantry.api.coordination.CoordinatorFactory;
import gantry.api.proxy.ProxyFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The interfaces that a plugin can implement. Kinds are unique within each. */
enum ExtensionType {
  CHECK(HealthCheckFactory.class),
  SIGNAL(TerminationSignalFactory.class),
  DRIVER(ContainerDriverFactory.class),
  COORDINATOR(CoordinatorFactory.class),
  PROXY(ProxyFactory.class);

  private final Class<?> spi;

  ExtensionType(Class<?> spi) {
    this.spi = spi;
  }

  boolean isImplementedBy(Class<?> type) {
    return spi.isAssignableFrom(type);
  }

  /** Asks an extension of this type. */
  String kindOf(Object extension) {
    return switch (this) {
      case CHECK -> ((HealthCheckFactory) extension).kind();
      case SIGNAL -> ((TerminationSignalFactory) extension).kind();
      case DRIVER -> ((ContainerDriverFactory) extension).kind();
      case COORDINATOR -> ((CoordinatorFactory) extension).kind();
      case PROXY -> ((ProxyFactory) extension).kind();
    };
  }

  /** What users read: {@code check}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String names() {
    return Arrays.stream(values())
        .map(type -> type.spi.getSimpleName())
        .collect(Collectors.joining(", "));
  }
}
