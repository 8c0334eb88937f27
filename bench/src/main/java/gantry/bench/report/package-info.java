/** Shows results: tables for people and for Markdown, a chart, and the folder with all of them. */
@NullMarked
package gantry.bench.report;

import org.jspecify.annotations.NullMarked;
