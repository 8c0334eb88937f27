/**
 * Real servers for integration tests, each started by the test itself on free loopback ports with a
 * folder of its own. {@link gantry.testkit.server.ServerProcess} starts, pauses, kills and ends one
 * program; the other classes know how one kind of server is called and when it is ready.
 *
 * <p>A program that is missing makes the test fail with the package to install; nothing is skipped.
 */
@NullMarked
package gantry.testkit.server;

import org.jspecify.annotations.NullMarked;
