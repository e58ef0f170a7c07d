/**
 * Drafts a version's folder from a graph and, if there are any, rows of data: what can be read off
 * them is written down, and what can't is a placeholder that a check refuses.
 */
@NullMarked
package io.evenkeel.cli.draft;

import org.jspecify.annotations.NullMarked;
