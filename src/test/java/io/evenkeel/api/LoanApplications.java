package io.evenkeel.api;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows from the distribution that {@code loan-default} was trained on: {@code generate} of
 * models/loan-default/applications.py, drawn anew. Not the same numbers, the same chances.
 */
final class LoanApplications {
  private static final LocalDate FIRST_DAY = LocalDate.of(2022, 1, 1);
  private static final int DAYS = 1826;
  private static final List<Integer> TERMS = List.of(12, 24, 36, 48, 60, 72, 84);
  private static final List<String> PURPOSES =
      List.of(
          "car",
          "home_improvement",
          "debt_consolidation",
          "education",
          "medical",
          "wedding",
          "boat",
          "travel");
  private static final List<String> EMPLOYMENTS =
      List.of("permanent", "temporary", "self_employed", "retired", "unemployed");
  private static final List<String> JOBS =
      List.of(
          "nurse",
          "teacher",
          "driver",
          "cashier",
          "software engineer",
          "electrician",
          "cook",
          "accountant",
          "carpenter",
          "sales assistant",
          "warehouse worker",
          "cleaner",
          "police officer",
          "plumber",
          "receptionist",
          "mechanic",
          "hairdresser",
          "lawyer",
          "pharmacist",
          "farmer",
          "Bäcker",
          "ingénieur",
          "profesora de música",
          "翻訳者",
          "műszerész");

  private final Random random;

  LoanApplications(long seed) {
    this.random = new Random(seed);
  }

  /** The next application; what is missing is null. */
  Map<String, @Nullable Object> next() {
    LocalDate appliedOn = FIRST_DAY.plusDays(random.nextInt(DAYS));
    int ageDays = 19 * 365 + random.nextInt((75 - 19) * 365);
    int creditDays = (int) (beta(1.5, 2) * (ageDays - 18 * 365));
    double age = ageDays / 365.25;
    boolean hasPartner = random.nextDouble() < 0.35;
    int totalAccounts = 1 + poisson(8);
    String employment = pick(EMPLOYMENTS, 62, 14, 12, 8, 4);
    boolean noJob = employment.equals("unemployed") || employment.equals("retired");
    boolean noTitle = random.nextDouble() < 0.05 || (noJob && random.nextDouble() < 0.8);
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("amount", rounded(Math.clamp(Math.exp(normal(9.2, 0.75)), 500, 75000), 0.1));
    row.put("term_months", pick(TERMS, 10, 15, 25, 20, 15, 10, 5));
    row.put("interest_rate", rounded(Math.clamp(1.5 * gamma(6), 0.5, 40), 100));
    row.put("purpose", pick(PURPOSES, 30, 20, 25, 10, 9, 3, 1, 2));
    row.put(
        "income",
        gap(0.06, rounded(Math.exp(normal(10.35, 0.5) + 0.006 * Math.min(age - 30, 25)), 100)));
    row.put("has_partner", hasPartner);
    row.put("partner_income", hasPartner ? rounded(Math.exp(normal(10.1, 0.6)), 100) : null);
    row.put("employment", employment);
    double years = rounded(Math.min(6 * exponential(), 0.8 * (age - 18)), 10);
    row.put("employment_years", noJob ? null : gap(0.04, years));
    row.put("job_title", noTitle ? null : pick(JOBS, falling(JOBS.size())));
    row.put("housing", gap(0.03, pick(List.of("rent", "mortgage", "own"), 50, 35, 15)));
    row.put("dependants", Math.min(poisson(0.9), 9));
    row.put("credit_grade", pick(List.of("A", "B", "C", "D", "E", "F"), 22, 28, 24, 14, 8, 4));
    row.put("open_accounts", binomial(totalAccounts, 0.45));
    row.put("total_accounts", totalAccounts);
    row.put("delinquencies", poisson(gamma(0.5) * 0.55 / 0.45));
    row.put("utilisation", gap(0.08, rounded(125 * beta(1.6, 2.4), 10)));
    row.put("existing_customer", random.nextDouble() < 0.4);
    row.put("channel", pick(List.of("branch", "phone", "web", "app", "broker"), 25, 10, 55, 7, 3));
    row.put("date_of_birth", appliedOn.minusDays(ageDays).toString());
    row.put("first_credit_on", gap(0.05, appliedOn.minusDays(creditDays).toString()));
    row.put("applied_on", appliedOn.toString());
    return row;
  }

  private @Nullable Object gap(double share, Object value) {
    return random.nextDouble() < share ? null : value;
  }

  private static double rounded(double value, double parts) {
    return Math.rint(value * parts) / parts;
  }

  private static double[] falling(int size) {
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = 3 - 2.0 * i / (size - 1);
    }
    return weights;
  }

  private <T> T pick(List<T> values, double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return values.get(i);
      }
    }
    return values.getLast();
  }

  private double normal(double mean, double deviation) {
    return mean + deviation * random.nextGaussian();
  }

  private double exponential() {
    return -Math.log1p(-random.nextDouble());
  }

  /** Of a whole or half shape: exponentials, and half the square of a normal number. */
  private double gamma(double shape) {
    double sum = shape % 1 == 0 ? 0 : random.nextGaussian();
    sum = sum * sum / 2;
    for (int i = 1; i <= shape; i++) {
      sum += exponential();
    }
    return sum;
  }

  /** By rejection below the density's peak. */
  private double beta(double a, double b) {
    double peak = (a - 1) / (a + b - 2);
    double highest = Math.pow(peak, a - 1) * Math.pow(1 - peak, b - 1);
    while (true) {
      double x = random.nextDouble();
      double density = Math.pow(x, a - 1) * Math.pow(1 - x, b - 1);
      if (random.nextDouble() * highest < density) {
        return x;
      }
    }
  }

  private int poisson(double mean) {
    int count = 0;
    for (double time = exponential(); time < mean; time += exponential()) {
      count++;
    }
    return count;
  }

  private int binomial(int trials, double chance) {
    int count = 0;
    for (int i = 0; i < trials; i++) {
      count += random.nextDouble() < chance ? 1 : 0;
    }
    return count;
  }
}
