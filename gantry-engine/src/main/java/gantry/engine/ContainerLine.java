package gantry.engine;

import gantry.api.container.ContainerId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container as a list shows it.
 *
 * @param imageName the image's name while it is the one that the component runs, else its brief id
 * @param status {@code running} when it gets new connections, {@code draining} when it only keeps
 *     those it has, {@code starting}, or {@code exited}
 * @param uptime empty unless it runs
 * @param connections open through the proxy; empty when the proxy does not say
 * @param oldest age of the oldest of them; zero when there is none
 * @param draining for how long it has been given no new one; empty when it is, or nobody knows
 * @param idle since the last byte of any of them; empty when it does not drain, or nobody knows
 */
public record ContainerLine(
    ContainerId id,
    long revision,
    String imageId,
    String imageName,
    String status,
    Optional<Duration> uptime,
    OptionalLong connections,
    Duration oldest,
    Optional<Duration> draining,
    Optional<Duration> idle) {}
