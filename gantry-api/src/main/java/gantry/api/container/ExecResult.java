package gantry.api.container;

/**
 * How a command inside a container ended.
 *
 * @param output standard output and standard error as they came, at most 64 KiB of the end
 */
public record ExecResult(int exitCode, String output) {}
