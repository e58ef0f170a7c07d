package io.evenkeel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Evenkeel model server. */
@SpringBootApplication
public class EvenkeelApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(EvenkeelApplication.class, arguments);
  }
}
