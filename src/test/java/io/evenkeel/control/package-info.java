@NullMarked
package io.evenkeel.control;

import org.jspecify.annotations.NullMarked;
