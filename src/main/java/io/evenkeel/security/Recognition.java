package io.evenkeel.security;

import java.util.Locale;

/** What became of the question who calls. */
public sealed interface Recognition {
  /** The caller has proved it. */
  record Known(KnownCaller caller) implements Recognition {}

  /** It hasn't. */
  record Refused(Reason reason) implements Recognition {}

  /** Too many who couldn't prove it are being kept waiting at present. */
  record Crowded() implements Recognition {}

  /** The keys of the identity provider can't be had at present. */
  record Unavailable() implements Recognition {}

  /** Why a caller isn't known. For meters and logs; callers are told no difference. */
  enum Reason {
    /** No credential came. */
    MISSING,
    /** What came is no credential of a form that is known here. */
    MALFORMED,
    /** There is no such key. */
    UNKNOWN_KEY,
    /** The key was good once. */
    EXPIRED,
    /** The key was taken back. */
    REVOKED,
    /** The token wasn't issued for us, is too old, or its signature is wrong. */
    TOKEN,
    /** Nobody is known by the certificate's subject. */
    CERTIFICATE;

    /** How it is written in a label. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
