package io.evenkeel.security;

import io.evenkeel.security.SecurityProperties.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Callers by the subjects of their certificates. That a certificate is genuine, TLS has seen to: it
 * was signed by an authority that the server trusts, and its holder has its key. Immutable.
 */
final class Certificates {
  private final Map<X500Principal, KnownCaller> bySubject = new HashMap<>();

  /**
   * Those that are known.
   *
   * @throws IllegalArgumentException if a subject or a scope can't be used
   */
  Certificates(List<Certificate> known) {
    for (Certificate certificate : known) {
      X500Principal subject = subject(certificate.subject());
      String name = certificate.name().isEmpty() ? certificate.subject() : certificate.name();
      KnownCaller caller = new KnownCaller(name, Grants.of(certificate.scopes()));
      if (bySubject.put(subject, caller) != null) {
        throw new IllegalArgumentException(
            "evenkeel.security.certificates has `" + certificate.subject() + "` twice");
      }
    }
  }

  private static X500Principal subject(String text) {
    try {
      X500Principal subject = new X500Principal(text);
      if (!subject.getName().isEmpty()) {
        return subject;
      }
    } catch (IllegalArgumentException e) {
      // As if it were empty: told below.
    }
    throw new IllegalArgumentException(
        "evenkeel.security.certificates needs for each a `subject` such as"
            + " `CN=scoring,O=Example`, but has `"
            + text
            + "`");
  }

  Recognition recognise(X509Certificate certificate) {
    KnownCaller caller = bySubject.get(certificate.getSubjectX500Principal());
    return caller == null
        ? new Recognition.Refused(Recognition.Reason.CERTIFICATE)
        : new Recognition.Known(caller);
  }
}
