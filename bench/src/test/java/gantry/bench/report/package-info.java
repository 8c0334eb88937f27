@NullMarked
package gantry.bench.report;

import org.jspecify.annotations.NullMarked;
