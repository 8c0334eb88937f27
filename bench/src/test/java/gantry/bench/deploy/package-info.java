@NullMarked
package gantry.bench.deploy;

import org.jspecify.annotations.NullMarked;
