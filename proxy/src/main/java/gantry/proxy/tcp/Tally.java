package gantry.proxy.tcp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts one backend's open connections, exactly. Each event loop writes a cell of its own, so that
 * counting costs no contention; any thread may read.
 */
public final class Tally {
  private final String owner;
  private final String id;
  private final Cell[] cells;
  private final AtomicBoolean announced = new AtomicBoolean();

  Tally(String owner, String id, int loops) {
    this.owner = owner;
    this.id = id;
    this.cells = new Cell[loops];
    for (int i = 0; i < loops; i++) {
      cells[i] = new Cell();
    }
  }

  /** Who the backend belongs to. */
  public String owner() {
    return owner;
  }

  /** The owner's name for the backend. */
  public String id() {
    return id;
  }

  /**
   * Open connections. Reads everything that was closed before anything that was opened: what opens
   * or closes meanwhile can only raise the result, so zero means that nothing was open at the
   * moment between the two readings.
   */
  public long count() {
    long closed = 0;
    for (Cell cell : cells) {
      closed += cell.closed;
    }
    long opened = 0;
    for (Cell cell : cells) {
      opened += cell.opened;
    }
    return opened - closed;
  }

  /** Age in nanoseconds of the oldest open connection; zero when there is none. */
  public long oldestAgeNanos() {
    long now = System.nanoTime();
    long age = 0;
    for (Cell cell : cells) {
      if (cell.opened != cell.closed) {
        age = Math.max(age, now - cell.oldestSinceNanos);
      }
    }
    return age;
  }

  /** How many loops count. */
  public int loops() {
    return cells.length;
  }

  /** Notes that a zero is about to be told; false when that is under way already. */
  public boolean markAnnounced() {
    return announced.compareAndSet(false, true);
  }

  /** Ends what {@link #markAnnounced()} began. */
  public void clearAnnounced() {
    announced.set(false);
  }

  /** Counts one more connection. Only on the event loop with this index. */
  Lease open(int loop, BackendCounters counters) {
    Lease lease = new Lease(this, cells[loop], counters);
    lease.reopen(System.nanoTime());
    return lease;
  }

  /** Shows the connections of one event loop, on that loop; the oldest first. */
  void oldestFirst(int loop, int limit, Consumer<Lease> visitor) {
    Lease lease = cells[loop].oldest;
    for (int i = 0; i < limit && lease != null; i++) {
      visitor.accept(lease);
      lease = lease.newer;
    }
  }

  /** One open connection in the count. */
  public static final class Lease {
    private final Tally tally;
    private final Cell cell;
    private final BackendCounters counters;
    private @Nullable OpenConnection about;
    private long sinceNanos;
    private @Nullable Lease older;
    private @Nullable Lease newer;
    private boolean ended;

    private Lease(Tally tally, Cell cell, BackendCounters counters) {
      this.tally = tally;
      this.cell = cell;
      this.counters = counters;
      this.ended = true;
    }

    /**
     * Counts again, with the age of something new: a connection that carries one request after the
     * other needs one lease only. Only on the event loop that opened it.
     */
    public void reopen(long nowNanos) {
      if (!ended) {
        throw new IllegalStateException("counted already");
      }
      ended = false;
      sinceNanos = nowNanos;
      counters.countOpened();
      cell.add(this);
    }

    /**
     * Takes the connection out of the count; a second call does nothing. Only on the event loop
     * that opened it.
     *
     * @return whether the backend now has none
     */
    boolean end() {
      if (ended) {
        return false;
      }
      ended = true;
      counters.countEnded();
      cell.remove(this);
      return tally.count() == 0;
    }

    /** Lets others see what this is; on its loop. */
    public void describe(OpenConnection connection) {
      about = connection;
    }

    @Nullable OpenConnection about() {
      return about;
    }

    long sinceNanos() {
      return sinceNanos;
    }

    Tally tally() {
      return tally;
    }
  }

  /**
   * What one event loop counted. The fields are volatile and not merely released: two loops that
   * close their last connections at once must not both miss that the sum is now zero.
   */
  private static final class Cell {
    private volatile long opened;
    private volatile long closed;
    private volatile long oldestSinceNanos;
    private @Nullable Lease oldest;
    private @Nullable Lease newest;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the cell's event loop
    void add(Lease lease) {
      lease.older = newest;
      lease.newer = null;
      if (newest == null) {
        oldest = lease;
        oldestSinceNanos = lease.sinceNanos;
      } else {
        newest.newer = lease;
      }
      newest = lease;
      opened++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the cell's event loop
    void remove(Lease lease) {
      if (lease.older == null) {
        oldest = lease.newer;
        oldestSinceNanos = oldest == null ? 0 : oldest.sinceNanos;
      } else {
        lease.older.newer = lease.newer;
      }
      if (lease.newer == null) {
        newest = lease.older;
      } else {
        lease.newer.older = lease.older;
      }
      closed++;
    }
  }
}
