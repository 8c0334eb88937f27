@NullMarked
package gantry.bench.load;

import org.jspecify.annotations.NullMarked;
