package io.evenkeel.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

/** How callers prove who they are: one of these ways is enough. */
final class OpenApiSecurity {
  private static final String BEARER = "bearer";
  private static final String CERTIFICATE = "certificate";

  private OpenApiSecurity() {}

  static void addTo(OpenAPI document) {
    document
        .getComponents()
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                    "An API key, or a token of the identity provider, with the scope that the call"
                        + " takes: `predict` for predictions, explanations and verdicts, `feedback` for feedback,"
                        + " `read` for the rest; each for all models or for one."))
        .addSecuritySchemes(
            CERTIFICATE,
            new SecurityScheme()
                .type(SecurityScheme.Type.MUTUALTLS)
                .description("A client certificate that the server knows."));
    document.addSecurityItem(new SecurityRequirement().addList(BEARER));
    document.addSecurityItem(new SecurityRequirement().addList(CERTIFICATE));
  }
}
