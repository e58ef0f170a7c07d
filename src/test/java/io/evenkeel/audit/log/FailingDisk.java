package io.evenkeel.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk with so many bytes of room; beyond, it writes what fits and fails. */
final class FailingDisk implements Disk {
  volatile long room;
  volatile boolean forceFails;

  FailingDisk(long room) {
    this.room = room;
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
      int fits = (int) Math.min(room, bytes.remaining());
      room -= fits;
      int wanted = bytes.remaining();
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
