package gantry.cli.fleet;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.EtcdHistory;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import gantry.testkit.server.EtcdCluster;
import gantry.testkit.server.EtcdServer;
import gantry.testkit.server.FreePorts;
import gantry.testkit.server.ShortCommand;
import gantry.testkit.server.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Project {@code shop} with one component, {@code web}, on the machines a, b and c: agents with
 * loopback addresses of their own that share an engine, and an etcd for this fleet alone.
 */
final class Fleet implements AutoCloseable {
  private static final String LABEL = "label=gantry.project=shop";
  private static final String COMPONENT_KEY = "/gantry/v1/projects/shop/components/web/";

  private final Servers servers;
  private final TempFolder home = TempFolder.create("fleet");
  private final String endpoints;
  private final Runnable endOfEtcd;
  private final Map<String, String> access;
  private final Web web;
  private final int external = FreePorts.next();
  private final List<AgentProcess> agents = new ArrayList<>();
  private int leaseSeconds = 10;
  private String port = "";
  private String update = "";
  private String drain = "";
  // Dozens of short lives on two cores: the second compiler would cost more than it saves.
  private String javaOptions = "-XX:TieredStopAtLevel=1";

  Fleet(Servers servers) {
    this(servers, EtcdServer.start(), Map.of());
  }

  /**
   * A fleet on an etcd that asks for something.
   *
   * @param etcd ends with the fleet
   * @param access variables that let agents and operators in
   */
  Fleet(Servers servers, EtcdServer etcd, Map<String, String> access) {
    this(servers, etcd.endpoint(), etcd::close, access);
  }

  /**
   * A fleet on several members.
   *
   * @param etcd ends with the fleet
   */
  Fleet(Servers servers, EtcdCluster etcd) {
    this(servers, etcd.endpoints(), etcd::close, Map.of());
  }

  private Fleet(Servers servers, String endpoints, Runnable endOfEtcd, Map<String, String> access) {
    this.servers = servers;
    this.endpoints = endpoints;
    this.endOfEtcd = endOfEtcd;
    this.access = Map.copyOf(access);
    this.web = new Web(servers);
  }

  /** How long a dead agent's lease goes on. */
  Fleet withLease(int seconds) {
    leaseSeconds = seconds;
    return this;
  }

  /** How long a new container is watched before the next machine's turn. */
  Fleet withMinHealthy(int millis) {
    return withUpdate("\"minHealthy\": " + millis);
  }

  /** Agents log every step. */
  Fleet withDebugLog() {
    javaOptions += " -Dgantry.log.level=DEBUG";
    return this;
  }

  /** How long the proxy lets clients wait for a container, as in the configuration. */
  Fleet withHold(int millis) {
    port = ", \"hold\": " + millis;
    return this;
  }

  /** How a rollout goes through the machines, as in the configuration. */
  Fleet withUpdate(String fields) {
    update = ", \"update\": {" + fields + "}";
    return this;
  }

  /** How long drains may take, as in the configuration. */
  Fleet withDrain(String fields) {
    drain = ", \"drain\": {" + fields + "}";
    return this;
  }

  /** Publishes v1, stores the configuration, updates, and starts the agents. */
  Fleet running(String... machines) {
    try {
      web.release("v1");
      gantryd("setconfig", "shop", config().toString()).outOrFail();
      gantryd("update", "shop", "-c", "web").outOrFail();
      startAgents(machines);
      awaitVersion("v1", machines.length);
      return this;
    } catch (RuntimeException | AssertionError e) {
      close(); // nobody else has it yet, and what it left would be in the next test's way
      throw e;
    }
  }

  void startAgents(String... machines) {
    for (String machine : machines) {
      InetSocketAddress address =
          new InetSocketAddress("127.0.0." + (machine.charAt(0) - 'a' + 2), external);
      agents.add(new AgentProcess(machine, address, home.path(), environment()));
    }
    agents.parallelStream().forEach(AgentProcess::start);
  }

  /** The component's configuration as a file. */
  Path config() {
    Path file = home.path().resolve(".gantry");
    String text =
        """
        {"components": [{"name": "web", "repo": "%s", "readyTimeout": 8000,
          "ports": [{"external": %d, "container": %d%s}],
          "readyChecks": [{"kind": "http", "port": %d, "timeout": 2000}]%s%s}]}
        """
            .formatted(web.repo(), external, Web.PORT, port, Web.PORT, update, drain);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Web web() {
    return web;
  }

  AgentProcess agent(String name) {
    return agents.stream().filter(agent -> agent.name().equals(name)).findFirst().orElseThrow();
  }

  List<AgentProcess> agents() {
    return List.copyOf(agents);
  }

  /** The proxies' addresses of the component. */
  List<InetSocketAddress> addresses() {
    return agents.stream().map(AgentProcess::web).toList();
  }

  /** Starts an update that this machine takes first: the others are frozen until it has begun. */
  Distribution.Running updateFirstOn(String machine, String... options) {
    List<AgentProcess> others =
        agents.stream().filter(agent -> !agent.name().equals(machine)).toList();
    others.forEach(AgentProcess::pause);
    long before = agent(machine).timesTold("updating to revision");
    List<String> line = new ArrayList<>(List.of("update", "shop", "-c", "web"));
    line.addAll(List.of(options));
    Distribution.Running update = start(line.toArray(String[]::new));
    Eventually.holds(
        machine + " takes the slot",
        () -> agent(machine).timesTold("updating to revision") > before);
    others.forEach(AgentProcess::resume);
    return update;
  }

  /** Runs a command of the operator. */
  Answer gantryd(String... arguments) {
    return start(arguments).await();
  }

  /** Runs a command of the operator on one machine. */
  Answer gantryOn(String machine, String... arguments) {
    List<String> line = new ArrayList<>(List.of("gantry"));
    line.addAll(List.of(arguments));
    line.addAll(agent(machine).place());
    return Distribution.start(environment(), line.toArray(String[]::new)).await();
  }

  /** Starts a command of the operator. */
  Distribution.Running start(String... arguments) {
    List<String> line = new ArrayList<>(List.of("gantryd"));
    line.addAll(List.of(arguments));
    return Distribution.start(environment(), line.toArray(String[]::new));
  }

  /** Starts a command of the operator on a pseudo-terminal. */
  Distribution.Running startOnTerminal(String... arguments) {
    List<String> line = new ArrayList<>(List.of("gantryd"));
    line.addAll(List.of(arguments));
    return Distribution.startOnTerminal(environment(), line.toArray(String[]::new));
  }

  /** What agents and operators are started with. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(access);
    environment.putAll(
        Map.of(
            "GANTRY_ETCD", endpoints,
            "GANTRY_HOME", home.path().resolve("operator").toString(),
            "GANTRY_LEASE", Integer.toString(leaseSeconds),
            "GANTRY_JAVA_OPTS", javaOptions,
            "DOCKER_HOST", servers.engine().host()));
    return environment;
  }

  /** All that etcd, at its first member, has seen of the component below a part of its keys. */
  List<EtcdHistory.Change> history(String part) {
    return EtcdHistory.of(firstMember(), COMPONENT_KEY + part);
  }

  private String firstMember() {
    return endpoints.split(",", -1)[0];
  }

  /** What the coordinator knows of a machine. */
  String record(String machine) {
    return etcdctl("get", "--print-value-only", recordKey(machine));
  }

  /** As when etcd is restored from a copy that was made before the machine was there. */
  void forgetRecord(String machine) {
    etcdctl("del", recordKey(machine));
  }

  private String etcdctl(String... arguments) {
    List<String> line = new ArrayList<>(List.of("--endpoints=" + endpoints));
    line.addAll(List.of(arguments));
    return new ShortCommand("etcdctl", "etcd-client", line, Map.of("ETCDCTL_API", "3")).run();
  }

  private static String recordKey(String machine) {
    return COMPONENT_KEY + "machines/" + machine;
  }

  /** Containers on a machine, running or not, newest first. */
  List<String> containers(String machine) {
    return docker(
        "ps", "--all", "--quiet", "--filter", LABEL, "--filter", "label=gantry.machine=" + machine);
  }

  /** How many containers run on a machine. */
  long runningOn(String machine) {
    return containers(machine).stream().filter(this::isRunning).count();
  }

  /** Containers of the whole fleet. */
  List<String> containers() {
    return docker("ps", "--all", "--quiet", "--filter", LABEL);
  }

  boolean isRunning(String container) {
    return !docker("ps", "--quiet", "--filter", "id=" + container).isEmpty();
  }

  /** Whether a container is there, running or not. */
  boolean exists(String container) {
    return !docker("ps", "--all", "--quiet", "--filter", "id=" + container).isEmpty();
  }

  /** The image that each container runs, without repetitions. */
  List<String> images() {
    List<String> line = new ArrayList<>(List.of("inspect", "--format", "{{.Image}}"));
    line.addAll(containers());
    return docker(line.toArray(String[]::new)).stream().distinct().toList();
  }

  private List<String> docker(String... arguments) {
    return servers.engine().docker(arguments).lines().toList();
  }

  /** Waits until every machine serves a version, and nothing else is left there. */
  void awaitVersion(String version, int machines) {
    for (AgentProcess agent : agents) {
      Eventually.holds(agent.name() + " serves " + version, () -> agent.serves(version));
    }
    Eventually.holds("one container per machine", () -> containers().size() == machines);
    Eventually.holds("the component is ready", () -> status().equals("ready"));
  }

  /** What each machine answers with. */
  List<String> versions() {
    return agents.stream()
        .map(
            agent -> {
              try (WebConnection connection = WebConnection.hold(agent.web())) {
                return connection.version("/version");
              }
            })
        .toList();
  }

  /** The component's status, as {@code list} says. */
  String status() {
    String row = gantryd("list", "shop").outOrFail().lines().skip(1).findFirst().orElse("");
    return row.split(" +", -1)[1];
  }

  @Override
  public void close() {
    try (TempFolder folder = home) {
      agents.parallelStream().forEach(AgentProcess::close);
      removeContainers();
      assert folder != null;
    } finally {
      endOfEtcd.run();
    }
  }

  private void removeContainers() {
    List<String> line = new ArrayList<>(List.of("rm", "--force"));
    line.addAll(containers());
    if (line.size() > 2) {
      docker(line.toArray(String[]::new));
    }
  }
}
