package gantry.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finding containers again. */
interface ListsContract {
  ContainerScene scene();

  @Test
  default void listsEveryStateOldestFirst() {
    Image image = scene().web("one");
    ContainerId ended = scene().start("zed", image);
    ContainerId running = scene().start("mid", image);
    ContainerId created = scene().create("abc", image);
    scene().driver().kill(ended);

    List<ContainerStatus> listed = scene().driver().list(scene().labels());

    assertThat(listed).extracting(ContainerStatus::id).containsExactly(ended, running, created);
    assertThat(listed).isSortedAccordingTo((a, b) -> a.createdAt().compareTo(b.createdAt()));
    assertThat(listed).containsExactlyElementsOf(listed.stream().map(it -> again(it)).toList());
  }

  @Test
  default void listsOnlyWhatCarriesAllTheLabels() {
    Image image = scene().web("one");
    ContainerId shop = labelled("shop", image, Map.of("project", "shop", "component", "web"));
    ContainerId blog = labelled("blog", image, Map.of("project", "blog", "component", "web"));

    assertThat(found(Map.of("project", "shop"))).containsExactly(shop);
    assertThat(found(Map.of("component", "web"))).containsExactly(shop, blog);
    assertThat(found(Map.of("component", "web", "project", "blog"))).containsExactly(blog);
    assertThat(found(Map.of("component", "we"))).isEmpty();
    assertThat(found(Map.of("project", "shop", "color", "red"))).isEmpty();
  }

  @Test
  default void aContainerThatDoesNotExistIsNotInspected() {
    assertThat(scene().driver().inspect(new ContainerId("0123456789abcdef".repeat(4)))).isEmpty();
  }

  private ContainerId labelled(String name, Image image, Map<String, String> labels) {
    return scene()
        .driver()
        .create(
            new ContainerSpec(
                scene().name(name), image, List.of(), Map.of(), scene().labels(labels), Set.of()));
  }

  private List<ContainerId> found(Map<String, String> labels) {
    return scene().driver().list(scene().labels(labels)).stream().map(ContainerStatus::id).toList();
  }

  private ContainerStatus again(ContainerStatus listed) {
    return scene().status(listed.id());
  }
}
