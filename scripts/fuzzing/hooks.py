"""What Schemathesis can't know of Evenkeel: a deadline that no server could keep, and what x-alsoChecked and batches mean."""

import schemathesis
from schemathesis.core.parameters import ParameterLocation

DEADLINES = ("X-Deadline-Ms", "x-envoy-expected-rq-timeout-ms")
LEAST_MILLIS = 10_000


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leaves every request the time to be answered: a 503 or 504 then is a defect, and not what was asked for."""
    for name in DEADLINES:
        value = str((case.headers or {}).get(name, ""))
        if value.isascii() and value.isdigit() and 0 < int(value) < LEAST_MILLIS:
            case.headers[name] = str(LEAST_MILLIS)


@schemathesis.check
def contract_is_kept(ctx, response, case):
    """Rows by the schema break no rule but those of x-alsoChecked; a batch with another row has a problem in it."""
    known = also_checked(case)
    if known is None or case.meta is None or response.status_code not in (200, 422):
        return
    found = violations(response.json())
    if not case.meta.generation.mode.is_negative:
        unknown = [one for one in found if not known & {key(one), ("", one["rule"])}]
        assert not unknown, f"a row by the schema breaks rules that x-alsoChecked doesn't list: {unknown}"
    elif response.status_code == 200 and case.meta.is_negative_at(ParameterLocation.BODY):
        assert found, "a row that isn't by the schema was answered without a violation"


def also_checked(case):
    """The features and rules of x-alsoChecked; None where the operation takes any model's rows, or none."""
    document = case.operation.schema.raw_schema
    operation = document["paths"][case.operation.path].get(case.operation.method, {})
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    base = body.get("$ref", "").rpartition("/")[2].removesuffix("Request").removesuffix("Batch")
    instance = document["components"]["schemas"].get(base + "Instance", {})
    checks = instance.get("x-alsoChecked")
    return None if checks is None else {key(check) for check in checks}


def key(violation):
    return violation.get("feature", ""), violation["rule"]


def violations(answer):
    """All violations of an answer, those within a batch's results too."""
    problems = [answer, *(result.get("problem", {}) for result in answer.get("results", []))]
    return [violation for problem in problems for violation in problem.get("violations", [])]
