/** Remediation: wired to signals, the routes and the control state. */
@NullMarked
package io.evenkeel.control.remediation;

import org.jspecify.annotations.NullMarked;
