@NullMarked
package gantry.bench.run;

import org.jspecify.annotations.NullMarked;
