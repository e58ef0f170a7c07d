package io.evenkeel.audit.log;

/** Who wants to know how a log fares. Called on its writer's thread; must return at once. */
public interface LogWatch {
  /** Nobody. */
  LogWatch NOBODY =
      new LogWatch() {
        @Override
        public void committed(int records, long nanos) {}

        @Override
        public void lost(long records) {}

        @Override
        public void failed() {}
      };

  /** Records were written together, and brought to disk in so long. */
  void committed(int records, long nanos);

  /** Records that nobody waited for are lost. */
  void lost(long records);

  /** Records couldn't be written or brought to disk. */
  void failed();
}
