package io.evenkeel.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where segments are written. The tests have one that fails. */
interface Disk {
  /** The file system's own. */
  Disk REAL = FileOnDisk::new;

  /** Opens a file to write at its end; makes it where it isn't there. */
  Appender open(Path file) throws IOException;

  /** A file that grows at its end. Used by one thread. */
  interface Appender extends Closeable {
    void write(ByteBuffer bytes) throws IOException;

    /** Returns when all that was written would survive a loss of power. */
    void force() throws IOException;

    /** Cuts off all beyond a size. */
    void truncate(long size) throws IOException;

    long size() throws IOException;
  }

  /** A file of the file system. */
  final class FileOnDisk implements Appender {
    private final FileChannel channel;

    FileOnDisk(Path file) throws IOException {
      this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.position(channel.size());
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      // The size counts as data here; times don't, and would cost a second write.
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Lets a folder's new, renamed and deleted names survive a loss of power. */
  static void forceNames(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
