package io.evenkeel.security;

/**
 * A caller who has proved who it is.
 *
 * @param name under which it is pinned, counted and recorded; no secret
 * @param grants what it may do
 */
public record KnownCaller(String name, Grants grants) {}
