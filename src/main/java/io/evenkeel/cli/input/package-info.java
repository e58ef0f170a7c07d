/** What all commands that read long files need. */
@NullMarked
package io.evenkeel.cli.input;

import org.jspecify.annotations.NullMarked;
