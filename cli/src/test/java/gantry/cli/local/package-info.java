/**
 * The local tool as its users have it: the launcher of the built distribution, plain processes or a
 * real engine as containers. Start reading at {@code LocalRig}.
 */
@NullMarked
package gantry.cli.local;

import org.jspecify.annotations.NullMarked;
