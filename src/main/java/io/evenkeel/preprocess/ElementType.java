package io.evenkeel.preprocess;

/** The element types of input tensors that a row can be written to. */
public enum ElementType {
  FLOAT,
  DOUBLE,
  INT64,
  INT32,
  BOOL,
  STRING
}
