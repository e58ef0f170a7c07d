/** Shows what came of a replay: as text, and as a page with pictures. */
@NullMarked
package io.evenkeel.cli.report;

import org.jspecify.annotations.NullMarked;
