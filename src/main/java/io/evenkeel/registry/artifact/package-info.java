/**
 * Trust in a version's files: which there are, whether they are what was sealed and signed, and
 * that a graph asks for nothing but them. docs/artifacts.md says what is refused.
 */
@NullMarked
package io.evenkeel.registry.artifact;

import org.jspecify.annotations.NullMarked;
