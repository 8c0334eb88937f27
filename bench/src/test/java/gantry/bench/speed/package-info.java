@NullMarked
package gantry.bench.speed;

import org.jspecify.annotations.NullMarked;
