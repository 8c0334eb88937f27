package gantry.engine.plugin;

import gantry.api.check.HealthCheckFactory;
import gantry.api.check.TerminationSignalFactory;
import gantry.api.container.ContainerDriverFactory;
import gantry.api.coordination.CoordinatorFactory;
import gantry.api.proxy.ProxyFactory;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects extensions by type and kind, and lets no kind be claimed twice. Not thread-safe. */
final class ExtensionTable {
  private static final Pattern KIND = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Map<ExtensionType, Map<String, Entry>> entries = new EnumMap<>(ExtensionType.class);

  private record Entry(Object extension, PluginSource source) {}

  /** Adds an extension under its kind, as each of the types that it implements. */
  void add(Object extension, PluginSource source) {
    for (ExtensionType type : ExtensionType.values()) {
      if (type.isImplementedBy(extension.getClass())) {
        add(type, kind(type, extension, source), new Entry(extension, source));
      }
    }
  }

  private void add(ExtensionType type, String kind, Entry entry) {
    Entry first =
        entries.computeIfAbsent(type, key -> new LinkedHashMap<>()).putIfAbsent(kind, entry);
    if (first != null) {
      throw entry
          .source()
          .unusable(
              PluginFault.of(
                  "its extension %s claims the %s kind '%s', which %s (%s) has already"
                      .formatted(
                          entry.extension().getClass().getName(),
                          type.word(),
                          kind,
                          first.source().label(),
                          first.extension().getClass().getName()),
                  "give it another kind"));
    }
  }

  private static String kind(ExtensionType type, Object extension, PluginSource source) {
    String name = extension.getClass().getName();
    String kind = ask(type, extension, source);
    if (kind == null || !KIND.matcher(kind).matches()) {
      throw source.unusable(
          PluginFault.of(
              "kind() of its extension "
                  + name
                  + " gave "
                  + (kind == null ? "null" : "'" + kind + "'"),
              "return lower-case letters, digits and '-', at most 63"));
    }
    return kind;
  }

  @SuppressWarnings("NullAway") // a plugin need not keep to the contract
  private static @Nullable String ask(ExtensionType type, Object extension, PluginSource source) {
    try {
      return type.kindOf(extension);
    } catch (RuntimeException | Error e) {
      throw source.unusable(
          PluginFault.thrown("kind() of its extension " + extension.getClass().getName(), e));
    }
  }

  /** What one plugin has added, each as {@code check http}; sorted. */
  List<String> kindsOf(PluginSource source) {
    return entries.entrySet().stream()
        .flatMap(
            byType ->
                byType.getValue().entrySet().stream()
                    .filter(byKind -> byKind.getValue().source().equals(source))
                    .map(byKind -> byType.getKey().word() + " " + byKind.getKey()))
        .sorted()
        .toList();
  }

  Extensions toExtensions() {
    return new Extensions(
        all(ExtensionType.CHECK, HealthCheckFactory.class),
        all(ExtensionType.SIGNAL, TerminationSignalFactory.class),
        all(ExtensionType.DRIVER, ContainerDriverFactory.class),
        all(ExtensionType.COORDINATOR, CoordinatorFactory.class),
        all(ExtensionType.PROXY, ProxyFactory.class));
  }

  private <T> Map<String, T> all(ExtensionType type, Class<T> spi) {
    return entries.getOrDefault(type, Map.of()).entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> spi.cast(entry.getValue().extension())));
  }
}
