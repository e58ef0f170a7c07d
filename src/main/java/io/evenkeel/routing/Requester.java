package io.evenkeel.routing;

import org.jspecify.annotations.Nullable;

/** Who sends a request, as far as others than the API need to know. Asked only where they do. */
public interface Requester {
  /** Nobody in particular: goes wherever most go. */
  Requester NOBODY =
      new Requester() {
        @Override
        public @Nullable String caller() {
          return null;
        }

        @Override
        public String routingKey() {
          return "";
        }
      };

  /** The name under which the caller may be pinned to a version; null where it has none. */
  @Nullable String caller();

  /** What keeps its requests together: they all go to the same version. */
  String routingKey();

  /** The id of the answer to its request, a UUID; empty where nobody is answered. */
  default String answerId() {
    return "";
  }
}
