package io.evenkeel;

import io.evenkeel.audit.AuditMeters;
import io.evenkeel.audit.AuditMode;
import io.evenkeel.audit.AuditProperties;
import io.evenkeel.audit.AuditTrail;
import io.evenkeel.contract.UnusableModelException;
import io.evenkeel.keyring.KeySource;
import io.evenkeel.keyring.Keyring;
import io.evenkeel.keyring.KeyringWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the keys and the audit log together. Whether there are any is decided when the server
 * starts, not by conditions: those are decided when the image is built.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuditProperties.class, KeyringProperties.class})
class AuditConfiguration {
  @Bean
  @Nullable Keyring keyring(KeyringProperties properties) {
    KeySource source = properties.source();
    return source == null ? null : new Keyring(source);
  }

  @Bean
  @Nullable KeyringWatch keyringWatch(
      ObjectProvider<Keyring> keyring, KeyringProperties properties) {
    Keyring ring = keyring.getIfAvailable();
    return ring == null || properties.file().isEmpty()
        ? null
        : new KeyringWatch(ring, properties.poll());
  }

  @Bean
  MeterBinder keyringMeters(ObjectProvider<KeyringWatch> watch) {
    KeyringWatch watched = watch.getIfAvailable();
    return meters ->
        Gauge.builder(
                "evenkeel.keyring.refused", () -> watched == null || watched.isUsable() ? 0 : 1)
            .description(
                "1 while the key ring's file can't be used, and the ring is as it was before")
            .register(meters);
  }

  @Bean
  AuditMeters auditMeters(MeterRegistry meters) {
    return new AuditMeters(meters);
  }

  @Bean
  @Nullable AuditTrail auditTrail(
      AuditProperties properties, ObjectProvider<Keyring> keyring, AuditMeters meters) {
    if (properties.strictest() == AuditMode.OFF) {
      return null;
    }
    Keyring ring = keyring.getIfAvailable();
    if (ring == null) {
      throw new UnusableModelException(
          "evenkeel.keyring.file",
          0,
          "requests are to be recorded, but there are no keys for it",
          "make a file with `evenkeel audit keys --file audit.keys`, and set evenkeel.keyring.file");
    }
    return new AuditTrail(properties, ring, meters, InstantSource.system());
  }
}
