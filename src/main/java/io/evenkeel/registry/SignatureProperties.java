package io.evenkeel.registry;

import io.evenkeel.registry.artifact.SignatureCheck;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose signatures count.
 *
 * @param mode what becomes of a version that no trusted key has signed: off (signatures aren't
 *     looked at), warn (it is served, and the log tells) or require (it isn't served)
 * @param trusted the folder of the trusted public keys, *.pem
 */
@ConfigurationProperties("evenkeel.models.signatures")
public record SignatureProperties(
    @DefaultValue("off") SignatureCheck.Mode mode, @DefaultValue("trusted-keys") Path trusted) {
  /**
   * What looks at signatures.
   *
   * @throws io.evenkeel.contract.UnusableModelException if signatures are required and there are no
   *     keys
   */
  public SignatureCheck check() {
    SignatureCheck check = new SignatureCheck(mode, trusted);
    check.requireKeys();
    return check;
  }
}
