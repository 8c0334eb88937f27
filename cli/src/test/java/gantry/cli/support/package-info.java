/**
 * What integration tests of the command lines share: the distribution's programs as processes, the
 * servers that they talk to, and whole outputs compared with golden files. Start reading at {@link
 * gantry.cli.support.Distribution}.
 */
@NullMarked
package gantry.cli.support;

import org.jspecify.annotations.NullMarked;
