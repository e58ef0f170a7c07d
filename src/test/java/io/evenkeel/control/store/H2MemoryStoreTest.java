package io.evenkeel.control.store;

import java.util.UUID;

class H2MemoryStoreTest extends CrowdedStoreContract {
  @Override
  StateProperties emptyDatabase() {
    return new StateProperties("jdbc:h2:mem:" + UUID.randomUUID(), "evenkeel", "", 1000);
  }
}
