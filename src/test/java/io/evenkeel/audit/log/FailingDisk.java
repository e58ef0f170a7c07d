package io.evenkeel.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with so many bytes of room; beyond, it writes what fits and fails. */
final class FailingDisk implements Disk {
  private final AtomicLong room;
  volatile boolean forceFails;
  volatile boolean defect;

  FailingDisk(long room) {
    this.room = new AtomicLong(room);
  }

  /** From now on there are so many bytes. */
  void leave(long bytes) {
    room.set(bytes);
  }

  @Override
  public Appender open(Path file) throws IOException {
    return new Failing(new FileOnDisk(file));
  }

  private final class Failing implements Appender {
    private final Appender real;

    Failing(Appender real) {
      this.real = real;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (defect) {
        throw new IllegalStateException("a defect");
      }
      int wanted = bytes.remaining();
      int fits = (int) Math.min(room.get(), wanted);
      room.addAndGet(-fits);
      real.write(bytes.slice(bytes.position(), fits));
      if (fits < wanted) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void force() throws IOException {
      if (forceFails) {
        throw new IOException("Input/output error");
      }
      real.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      real.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
