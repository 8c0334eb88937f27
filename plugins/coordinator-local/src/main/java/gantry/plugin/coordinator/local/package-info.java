/**
 * The coordinator {@code local}: files in the state folder, shared by all processes of one machine.
 *
 * <p>Start at {@link gantry.plugin.coordinator.local.LocalStore}. In the folder {@code
 * coordinator}:
 *
 * <ul>
 *   <li>{@code store.json}: all keys and the revision; replaced as a whole, after it was flushed,
 *       so that a reader or a crash sees the old or the new one;
 *   <li>{@code leases/ID}: one session: its process and until when it holds;
 *   <li>{@code lock}: held by whoever changes any of these.
 * </ul>
 *
 * <p>A session ends when its process is gone (pid and start time), when its time is up, or with a
 * reboot. Time is that of {@code /proc/uptime}: the one clock that all processes share, that never
 * goes back, and that counts while the machine is suspended. It moves in steps of 10 ms.
 */
@NullMarked
package gantry.plugin.coordinator.local;

import org.jspecify.annotations.NullMarked;
