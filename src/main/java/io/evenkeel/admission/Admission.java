package io.evenkeel.admission;

/** What became of an attempt to enter a lane. */
public sealed interface Admission permits Permit, Shed {}
