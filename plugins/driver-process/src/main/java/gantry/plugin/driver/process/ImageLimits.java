package gantry.plugin.driver.process;

/**
 * How large an image folder may be. A folder that is named by mistake ({@code /}, a home folder) is
 * told quickly instead of being read for an hour.
 */
record ImageLimits(int entries, long bytes) {
  static final ImageLimits DEFAULT = new ImageLimits(50_000, 2L << 30);
}
