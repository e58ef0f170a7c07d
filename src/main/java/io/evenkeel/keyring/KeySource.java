package io.evenkeel.keyring;

import io.evenkeel.contract.UnusableModelException;
import java.util.List;

/**
 * Where root keys come from: the port for a key management service. {@link KeyFile} and {@link
 * KeyText} are the ones that come with Evenkeel. One for a KMS asks it to unwrap the 32 bytes of
 * each key, or to make them, and gives them their ids.
 *
 * <p>Asked at the start, and again and again while the server runs; calls may block, and come from
 * one thread at a time. What it gives must hold every key that something is still sealed with.
 */
@FunctionalInterface
public interface KeySource {
  /**
   * All keys, the current one last.
   *
   * @throws UnusableModelException if there are none, or they can't be used; the ring goes on with
   *     those it has
   */
  List<RootKey> keys();
}
