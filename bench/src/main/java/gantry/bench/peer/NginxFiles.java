package gantry.bench.peer;

import java.nio.file.Path;

/** What every nginx of the benchmark has in its configuration. */
public final class NginxFiles {
  private NginxFiles() {}

  /**
   * The head of a configuration: in the foreground, all its files in one folder.
   *
   * @param connections most connections of one worker, to clients and to backends together
   */
  public static String head(Path folder, int workers, int connections) {
    return """
    daemon off;
    %sworker_processes %d;
    worker_rlimit_nofile %d;
    error_log stderr crit;
    pid %s/nginx.pid;
    events { worker_connections %d; }
    """
        .formatted(user(), workers, 2 * connections + 100, folder, connections);
  }

  /** The beginning of an http section. */
  public static String http(Path folder) {
    return """
      access_log off;
      default_type text/plain;
      sendfile on;
      tcp_nopush on;
      keepalive_requests 1000000000;
      keepalive_timeout 1h;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
    """
        .formatted(folder);
  }

  /** A line that loads the module for TCP, which Debian packages separately. */
  public static String streamModule() {
    return "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n";
  }

  /** Workers of a root user would become nobody, who cannot read the scratch folder. */
  private static String user() {
    return System.getProperty("user.name").equals("root") ? "user root;\n" : "";
  }
}
