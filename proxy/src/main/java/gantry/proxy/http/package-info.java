/**
 * HTTP/1.1 between clients and backends. Finds where messages begin and end and the few fields that
 * matter for that, forwards the original bytes, and makes no object per request. Start with {@link
 * gantry.proxy.http.RequestHead}.
 */
@NullMarked
package gantry.proxy.http;

import org.jspecify.annotations.NullMarked;
