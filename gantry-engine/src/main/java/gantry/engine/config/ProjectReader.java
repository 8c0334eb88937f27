package gantry.engine.config;

import gantry.api.Fields;
import gantry.api.Problems;
import gantry.engine.plugin.Extensions;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.ProjectSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the whole. */
final class ProjectReader {
  private final Problems problems;
  private final ComponentReader components;
  private final Map<String, String> placeByName = new HashMap<>();

  ProjectReader(Extensions extensions, Problems problems, Mistakes mistakes) {
    this.problems = problems;
    this.components = new ComponentReader(new CheckReader(extensions, problems, mistakes));
  }

  ProjectSpec read(Map<String, Object> root) {
    Fields fields = new Fields("", root, problems);
    fields.text("$schema"); // for editors
    List<ComponentSpec> read = new ArrayList<>();
    for (Fields component : fields.objects("components")) {
      ComponentSpec spec = components.read(component);
      read.add(spec);
      judgeName(component, spec.name());
    }
    if (!root.containsKey("components")) {
      fields.problem("components", "missing; expected a list of at least one component");
    } else if (root.get("components") instanceof List<?> list && list.isEmpty()) {
      fields.problem("components", "expected at least one component, found an empty list");
    }
    fields.rejectUnknown();
    return new ProjectSpec(read);
  }

  private void judgeName(Fields component, String name) {
    String first = placeByName.putIfAbsent(name, component.place());
    if (first != null && Names.mistakeIn(name).isEmpty()) {
      component.problem("name", "'" + name + "' is the name of " + first + " already");
    }
  }
}
