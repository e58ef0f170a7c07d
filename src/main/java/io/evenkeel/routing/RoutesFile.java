package io.evenkeel.routing;

import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file {@code routes.yaml} in the models' folder. */
public final class RoutesFile {
  /** The file's name within the models' folder. */
  public static final String NAME = "routes.yaml";

  private RoutesFile() {}

  /**
   * Reads the file; where there is none, nothing is said.
   *
   * @throws UnusableModelException with every mistake found
   */
  public static Routes read(Path models) {
    return bytes(models).map(RoutesFile::parse).orElse(Routes.NONE);
  }

  /**
   * What the file holds; nothing where there is none.
   *
   * @throws UnusableModelException if it can't be read
   */
  public static Optional<byte[]> bytes(Path models) {
    try {
      return Optional.of(Files.readAllBytes(models.resolve(NAME)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UnusableModelException.unreadable(NAME, e);
    }
  }

  /**
   * Reads the file's content.
   *
   * @throws UnusableModelException with every mistake found
   */
  public static Routes parse(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return RoutesDocument.read(NAME, text);
    } catch (CharacterCodingException e) {
      throw new UnusableModelException(NAME, 0, "the file isn't UTF-8", "save it as UTF-8");
    }
  }
}
