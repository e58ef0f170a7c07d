package io.evenkeel.contract;

/**
 * One thing wrong with a model folder: where it stands, what it is, and how to mend it.
 *
 * @param file the file's name within the folder; empty where the whole folder is meant
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param cause what is wrong
 * @param mend what to do about it
 */
public record Mistake(String file, int line, String cause, String mend) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return (place.isEmpty() ? "" : place + ": ") + cause + ". Mend: " + mend;
  }
}
