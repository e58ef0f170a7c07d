@NullMarked
package io.evenkeel.control.remediation;

import org.jspecify.annotations.NullMarked;
