package io.evenkeel.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances that break a contract in one way each. {@link ViolationsTest} reads them, and {@link
 * RuleNamesTest} holds the rules they break against the documentation.
 */
final class ViolationTable {
  static final Contract CONTRACT =
      Contracts.of(
              """
              features:
                - {name: id, type: integer}
                - {name: age, type: number, required: false, minimum: 0, maximum: 120, unit: years}
                - {name: rate, type: number, required: false, exclusiveMinimum: 0, exclusiveMaximum: 1}
                - {name: stars, type: integer, required: false, values: [1, 2, 3]}
                - {name: grade, type: category, required: false, values: [good, bad]}
                - {name: job, type: string, required: false, pattern: ^\\S*$, minLength: 2, maxLength: 5}
                - {name: member, type: boolean, required: false}
                - {name: born_on, type: date, required: false, minimum: 1900-01-01}
                - {name: hired_on, type: date, required: false}
                - {name: seen_at, type: datetime, required: false, maximum: '2030-01-01T00:00:00Z'}
                - name: image
                  type: tensor
                  required: false
                  shape: [2, 2]
                  elements: {type: integer, minimum: 0, maximum: 9}
              rules:
                - check: stars <= age
                - check: born_on < hired_on
                - require: grade
                  when: member = true
              """)
          .contract();

  // Instance | rule | pointer below the instance | expected | received, - for nothing.
  private static final String ROWS =
      """
      {}                                | required         | id        | an integer            | -
      {"id": null}                      | nullable         | id        | an integer, not null  | null
      {"id": 1, "age": null}            | nullable         | age       | a number, not null    | null
      {"id": "12"}                      | type             | id        | an integer            | "12"
      {"id": 12.5}                      | type             | id        | an integer            | 12.5
      {"id": [12]}                      | type             | id        | an integer            | an array
      {"id": 1, "age": {}}              | type             | age       | a number              | an object
      {"id": 1, "age": true}            | type             | age       | a number              | true
      {"id": 1, "member": 0}            | type             | member    | true or false         | 0
      {"id": 1, "member": "true"}       | type             | member    | true or false         | "true"
      {"id": 1, "job": 7}               | type             | job       | a string              | 7
      {"id": 1, "grade": false}         | type             | grade     | one of "good", "bad"  | false
      {"id": 1, "born_on": 7}           | type             | born_on   | a date as a string, for example "2026-11-24" | 7
      {"id": 1, "image": 7}             | type             | image     | nested arrays of the shape [2, 2] | 7
      {"id": 1, "image": [[1,2],[3,"4"]]} | type           | image/1/1 | an integer            | "4"
      {"id": 1, "image": [[1,2],[3,null]]} | type          | image/1/1 | an integer            | null
      {"id": 1, "image": [[1,2],[3,4.5]]} | type           | image/1/1 | an integer            | 4.5
      {"id": 1, "image": [[1,2],[[3],4]]} | type           | image/1/0 | an integer            | an array
      {"id": 1, "age": 1e999}           | finite           | age       | a finite number within ±3.4028235e38 | 1e999
      {"id": 1e16}                      | finite           | id        | an integer within ±9007199254740992 | 1e16
      {"id": 1, "image": [[1e99,2],[3,4]]} | finite        | image/0/0 | an integer within ±9007199254740992 | 1e99
      {"id": 1, "age": -0.5}            | minimum          | age       | at least 0 (years)    | -0.5
      {"id": 1, "born_on": "1899-12-31"} | minimum         | born_on   | at least 1900-01-01   | "1899-12-31"
      {"id": 1, "image": [[1,2],[-3,4]]} | minimum         | image/1/0 | at least 0            | -3
      {"id": 1, "age": 121}             | maximum          | age       | at most 120 (years)   | 121
      {"id": 1, "seen_at": "2030-01-01T00:00:01Z"} | maximum | seen_at | at most 2030-01-01T00:00:00Z | "2030-01-01T00:00:01Z"
      {"id": 1, "rate": 0}              | exclusiveMinimum | rate      | greater than 0        | 0
      {"id": 1, "rate": 1.0}            | exclusiveMaximum | rate      | less than 1           | 1.0
      {"id": 1, "stars": 4}             | values           | stars     | one of [1, 2, 3]      | 4
      {"id": 1, "grade": "ugly"}        | values           | grade     | one of "good", "bad"  | "ugly"
      {"id": 1, "grade": "Good"}        | values           | grade     | one of "good", "bad"; did you mean "good"? | "Good"
      {"id": 1, "job": "a b"}           | pattern          | job       | text that matches ^\\S*$ | "a b"
      {"id": 1, "job": "a"}             | minLength        | job       | at least 2 characters | "a"
      {"id": 1, "job": "abcdef"}        | maxLength        | job       | at most 5 characters  | "abcdef"
      {"id": 1, "image": [[1,2]]}       | shape            | image     | an array of 2 items   | an array of 1
      {"id": 1, "image": [[1,2],[3,4],[5]]} | shape        | image     | an array of 2 items   | an array of 3
      {"id": 1, "image": [[1,2],[3]]}   | shape            | image/1   | an array of 2 items   | an array of 1
      {"id": 1, "image": [[1,2],3]}     | shape            | image/1   | an array of 2 items   | 3
      {"id": 1, "image": [[1,2],null]}  | shape            | image/1   | an array of 2 items   | null
      {"id": 1, "born_on": "24.11.2026"} | format          | born_on   | a date as a string, for example "2026-11-24" | "24.11.2026"
      {"id": 1, "born_on": "2026-02-29"} | format          | born_on   | a date as a string, for example "2026-11-24" | "2026-02-29"
      {"id": 1, "seen_at": "2026-11-24T08:30:00"} | format | seen_at   | a date-time with an offset as a string, for example "2026-11-24T08:30:00Z" | "2026-11-24T08:30:00"
      {"id": 1, "job": "a\\ud800b"}     | wellFormed       | job       | text without lone surrogates | "a\ufffdb"
      {"id": 1, "agee": 3}              | unknownFeature   | agee      | no such feature; did you mean `age`? | -
      {"id": 1, "colour": [{"a": {}}]}  | unknownFeature   | colour    | only the contract's features | -
      {"id": 1, "id": 2}                | duplicate        | id        | each feature once     | -
      {"id": 1, "stars": 3, "age": 2.5} | check            | stars     | stars <= age          | 3 and 2.5
      {"id": 1, "born_on": "2000-01-01", "hired_on": "1999-12-31"} | check | born_on | born_on < hired_on | 2000-01-01 and 1999-12-31
      {"id": 1, "member": true}         | requiredIf       | grade     | grade is required when member = true | -
      """;

  private ViolationTable() {}

  /** An instance, and the only violation in it. */
  record Entry(String instance, Violation violation) {}

  static List<Entry> entries() {
    return ROWS.lines().map(line -> entry(line.split("\\s+\\|\\s+", -1))).toList();
  }

  private static Entry entry(String[] cells) {
    String pointer = cells[2];
    String feature = cells[1].equals("unknownFeature") ? "" : pointer.split("/", -1)[0];
    return new Entry(
        cells[0],
        new Violation("/instance/" + pointer, feature, cells[1], cells[3], received(cells[4])));
  }

  private static @Nullable String received(String cell) {
    return cell.equals("-") ? null : cell.strip();
  }
}
