package io.evenkeel.api;

import io.evenkeel.EvenkeelApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/**
 * A test against the whole server with the bundled models, over HTTP. All such tests share one
 * context. The budgets are wide, so that a busy machine doesn't shed what a test asks.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = {EvenkeelApplication.class, Caller.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "evenkeel.admission.single-budget=10s",
      "evenkeel.admission.batch-budget=60s"
    })
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface ServingTest {}
