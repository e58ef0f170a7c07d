/**
 * The control state in a database: an H2 file by default, or a PostgreSQL that replicas share.
 * Alone knows JDBC.
 */
@NullMarked
package io.evenkeel.control.store;

import org.jspecify.annotations.NullMarked;
