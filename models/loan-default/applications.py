"""Synthetic loan applications: what a row holds, and a generator of rows with a known cause of default.

Nobody's data went into this. The distributions are made up to look plausible, and the default is drawn from a formula,
so the model can only learn what stands in `default_score`.
"""

import numpy as np
import pandas as pd

PURPOSES = ["car", "home_improvement", "debt_consolidation", "education", "medical"]
RARE_PURPOSES = ["wedding", "boat", "travel"]
EMPLOYMENTS = ["permanent", "temporary", "self_employed", "retired", "unemployed"]
HOUSINGS = ["rent", "mortgage", "own"]
GRADES = ["A", "B", "C", "D", "E", "F"]
CHANNELS = ["branch", "phone", "web"]
NEW_CHANNELS = ["app", "broker"]
NO_JOB_TITLE = "none"
JOB_TITLES = [
    "nurse", "teacher", "driver", "cashier", "software engineer", "electrician", "cook", "accountant", "carpenter",
    "sales assistant", "warehouse worker", "cleaner", "police officer", "plumber", "receptionist", "mechanic",
    "hairdresser", "lawyer", "pharmacist", "farmer", "Bäcker", "ingénieur", "profesora de música", "翻訳者",
    "műszerész",
]  # fmt: skip

FEATURES = [
    {
        "name": "amount", "type": "number", "minimum": 500, "maximum": 75000,
        "unit": "EUR", "description": "Amount applied for", "example": 12000,
    },
    {
        "name": "term_months", "type": "integer", "minimum": 6, "maximum": 84,
        "unit": "months", "description": "Time to repay", "example": 48,
    },
    {
        "name": "interest_rate", "type": "number", "exclusiveMinimum": 0, "maximum": 40,
        "unit": "percent per year", "description": "Nominal rate of the offer", "example": 7.9,
    },
    {
        "name": "purpose", "type": "category", "values": PURPOSES, "unknown": "other",
        "description": "What the money is for", "example": "car",
    },
    {
        "name": "income", "type": "number", "nullable": True, "minimum": 0, "maximum": 500000, "outOfRange": "clamp",
        "unit": "EUR per year", "description": "Yearly income before tax", "example": 41000,
    },
    {
        "name": "has_partner", "type": "boolean",
        "description": "Whether a partner signs the loan too", "example": True,
    },
    {
        "name": "partner_income", "type": "number", "required": False, "nullable": True,
        "minimum": 0, "maximum": 500000,
        "unit": "EUR per year", "description": "The partner's yearly income before tax", "example": 30000,
    },
    {
        "name": "employment", "type": "category", "values": EMPLOYMENTS,
        "description": "Kind of employment", "example": "permanent",
    },
    {
        "name": "employment_years", "type": "number", "required": False, "nullable": True, "minimum": 0, "maximum": 60,
        "unit": "years", "description": "Time in the present employment", "example": 6.5,
    },
    {
        "name": "job_title", "type": "string", "required": False, "nullable": True,
        "pattern": r"^[^\x00-\x1F\x7F<>]*$", "minLength": 2, "maxLength": 60,
        "description": "Job title in the applicant's own words", "example": "nurse",
    },
    {
        "name": "housing", "type": "category", "values": HOUSINGS, "required": False, "nullable": True,
        "description": "How the applicant lives", "example": "rent",
    },
    {
        "name": "dependants", "type": "integer", "minimum": 0, "maximum": 12, "outOfRange": "clamp",
        "unit": "persons", "description": "Persons who live on this income, the applicant left out", "example": 1,
    },
    {
        "name": "credit_grade", "type": "category", "values": GRADES,
        "description": "Grade by the credit bureau, A is best", "example": "B",
    },
    {
        "name": "open_accounts", "type": "integer", "minimum": 0, "maximum": 100,
        "unit": "accounts", "description": "Credit accounts open now", "example": 4,
    },
    {
        "name": "total_accounts", "type": "integer", "minimum": 0, "maximum": 200,
        "unit": "accounts", "description": "Credit accounts ever opened", "example": 11,
    },
    {
        "name": "delinquencies", "type": "integer", "minimum": 0, "maximum": 50,
        "unit": "payments", "description": "Late payments in the last two years", "example": 0,
    },
    {
        "name": "utilisation", "type": "number", "nullable": True, "minimum": 0, "maximum": 150, "outOfRange": "warn",
        "unit": "percent", "description": "Used share of the revolving credit lines", "example": 35.5,
    },
    {
        "name": "existing_customer", "type": "boolean",
        "description": "Whether the applicant has an account with us", "example": False,
    },
    {
        "name": "channel", "type": "category", "values": CHANNELS, "unknown": "other",
        "description": "Where the application came in", "example": "web",
    },
    {
        "name": "date_of_birth", "type": "date", "minimum": "1920-01-01", "maximum": "2010-01-01", "sensitive": True,
        "description": "The applicant's date of birth", "example": "1984-05-17",
    },
    {
        "name": "first_credit_on", "type": "date", "required": False, "nullable": True,
        "minimum": "1940-01-01", "maximum": "2035-12-31",
        "description": "When the first credit account was opened", "example": "2009-03-02",
    },
    {
        "name": "applied_on", "type": "date", "minimum": "2020-01-01", "maximum": "2035-12-31",
        "description": "Day of the application", "example": "2026-03-11",
    },
]  # fmt: skip

RULES = [
    {"check": "open_accounts <= total_accounts"},
    {"check": "date_of_birth < first_credit_on"},
    {"check": "first_credit_on <= applied_on"},
    {"require": "partner_income", "when": "has_partner = true"},
]

FIRST_DAY, DAYS = pd.Timestamp("2022-01-01"), 1826

# What chance seldom or never brings: each changes one row of the golden examples.
EDGE_CASES = [
    {"income": 800_000.0},  # clamped
    {"income": -1200.0},  # clamped
    {"income": 0.0},
    {"income": np.nan, "utilisation": np.nan},
    {"dependants": 15},  # clamped
    {"dependants": -1},  # clamped
    {"dependants": 5},
    {"utilisation": 171.5},  # warned about, and used as it is
    {"purpose": "boat"},
    {"purpose": "voyage d’études"},
    {"channel": "broker"},
    {"channel": "窓口"},
    {"interest_rate": 0.4, "employment_years": 0.0},
    {"interest_rate": 31.0, "employment_years": 20.0},
    {"employment_years": 3.0, "delinquencies": 4},  # on the edges of buckets
    {"employment_years": np.nan, "delinquencies": 1},
    {"has_partner": True, "partner_income": 0.0},
    {"has_partner": False, "partner_income": 25_000.0},
    {"job_title": "Bäcker"},
    {"job_title": "Ba\u0308cker"},  # the same to the eye, other bytes
    {"job_title": "翻訳者"},
    {"job_title": "🚒 pompière"},  # beyond 16 bits
    {"job_title": "none"},  # the text that stands for a missing title
    {"job_title": None, "housing": None, "first_credit_on": pd.NaT},
    {"job_title": None, "housing": None, "first_credit_on": pd.NaT},
    {
        "date_of_birth": pd.Timestamp("1948-02-29"),
        "first_credit_on": pd.Timestamp("1969-12-31"),
        "applied_on": pd.Timestamp("2024-02-29"),
    },
    {"first_credit_on": pd.Timestamp("2026-12-31"), "applied_on": pd.Timestamp("2026-12-31")},
]


def generate(size, seed):
    """`size` applications and, for each, 1 if it defaulted. Missing values are NaN, None or NaT."""
    random = np.random.default_rng(seed)
    applied_on = FIRST_DAY + pd.to_timedelta(random.integers(0, DAYS, size), unit="D")
    age_days = random.integers(19 * 365, 75 * 365, size)
    credit_days = (random.beta(1.5, 2.0, size) * (age_days - 18 * 365)).astype(int)
    age = age_days / 365.25
    income = np.round(np.exp(random.normal(10.35, 0.5, size) + 0.006 * np.minimum(age - 30, 25)), 2)
    has_partner = random.random(size) < 0.35
    total_accounts = 1 + random.poisson(8, size)
    rows = pd.DataFrame(
        {
            "amount": np.round(np.clip(np.exp(random.normal(9.2, 0.75, size)), 500, 75000), -1),
            "term_months": random.choice([12, 24, 36, 48, 60, 72, 84], size, p=[0.1, 0.15, 0.25, 0.2, 0.15, 0.1, 0.05]),
            "interest_rate": np.round(np.clip(random.gamma(6, 1.5, size), 0.5, 40), 2),
            "purpose": pick(random, PURPOSES + RARE_PURPOSES, [30, 20, 25, 10, 9, 3, 1, 2], size),
            "income": income,
            "has_partner": has_partner,
            "partner_income": np.where(has_partner, np.round(np.exp(random.normal(10.1, 0.6, size)), 2), np.nan),
            "employment": pick(random, EMPLOYMENTS, [62, 14, 12, 8, 4], size),
            "employment_years": np.round(np.minimum(random.exponential(6, size), 0.8 * (age - 18)), 1),
            "job_title": pick(random, JOB_TITLES, np.linspace(3, 1, len(JOB_TITLES)), size),
            "housing": pick(random, HOUSINGS, [50, 35, 15], size),
            "dependants": np.minimum(random.poisson(0.9, size), 9),
            "credit_grade": pick(random, GRADES, [22, 28, 24, 14, 8, 4], size),
            "open_accounts": random.binomial(total_accounts, 0.45),
            "total_accounts": total_accounts,
            "delinquencies": random.negative_binomial(0.5, 0.45, size),
            "utilisation": np.round(np.minimum(100 * random.beta(1.6, 2.4, size) * 1.25, 130), 1),
            "existing_customer": random.random(size) < 0.4,
            "channel": pick(random, CHANNELS + NEW_CHANNELS, [25, 10, 55, 7, 3], size),
            "date_of_birth": applied_on - pd.to_timedelta(age_days, unit="D"),
            "first_credit_on": applied_on - pd.to_timedelta(credit_days, unit="D"),
            "applied_on": applied_on,
        }
    )
    defaulted = random.random(size) < 1 / (1 + np.exp(-default_score(rows, age)))
    return with_gaps(random, rows), defaulted.astype(int)


def pick(random, values, weights, size):
    shares = np.asarray(weights, dtype=float)
    return pd.Series(random.choice(values, size, p=shares / shares.sum())).astype(object)


def default_score(rows, age):
    """The log-odds of default: what there is to learn. It is not linear, so a linear model can't learn all of it."""
    means = rows["income"] + 0.6 * rows["partner_income"].fillna(0)
    yearly_rate = rows["amount"] * (12 / rows["term_months"] + rows["interest_rate"] / 100)
    credit_years = (rows["applied_on"] - rows["first_credit_on"]).dt.days / 365.25
    grade = rows["credit_grade"].map({value: position for position, value in enumerate(GRADES)}).astype(float)
    employment = {"permanent": -0.3, "temporary": 0.35, "self_employed": 0.2, "retired": -0.1, "unemployed": 1.1}
    purpose = {"car": -0.2, "debt_consolidation": 0.35, "medical": 0.25, "boat": 0.6, "travel": 0.5, "wedding": 0.4}
    return (
        -3.1
        + 3.0 * np.minimum(yearly_rate / means, 1.0)
        + 0.28 * grade
        + 0.05 * (rows["interest_rate"] - 9)
        + 0.40 * np.minimum(rows["delinquencies"], 4)
        + 0.011 * (rows["utilisation"] - 45)
        - 0.04 * np.minimum(rows["employment_years"], 15)
        - 0.025 * np.minimum(credit_years, 20)
        - 0.008 * (age - 40)
        + 0.10 * np.minimum(rows["dependants"], 5)
        - 0.25 * rows["existing_customer"]
        + 0.15 * (rows["housing"] == "rent")
        + 0.20 * rows["channel"].isin(NEW_CHANNELS)
        + rows["employment"].map(employment).astype(float)
        + rows["purpose"].map(purpose).astype(float).fillna(0)
        + 0.15 * np.cos(2 * np.pi * (rows["applied_on"].dt.month - 12) / 12)
    )


def with_gaps(random, rows):
    """Takes values away at random, and most job facts from those who have no job."""
    no_job = rows["employment"].isin(["unemployed", "retired"])
    shares = {"income": 0.06, "housing": 0.03, "utilisation": 0.08, "first_credit_on": 0.05}
    gaps = {name: random.random(len(rows)) < share for name, share in shares.items()}
    gaps["employment_years"] = (random.random(len(rows)) < 0.04) | no_job
    gaps["job_title"] = (random.random(len(rows)) < 0.05) | (no_job & (random.random(len(rows)) < 0.8))
    return rows.assign(**{name: rows[name].mask(gap) for name, gap in gaps.items()})


# --- golden examples -------------------------------------------------------------------------------------------------


def golden_rows(rows, size):
    """The first `size` rows, with the edge cases put into the first of them."""
    chosen = rows.iloc[:size].copy()
    for label, changes in zip(chosen.index, EDGE_CASES, strict=False):
        for name, value in changes.items():
            chosen.at[label, name] = value
    return chosen


def instances(rows):
    """The rows as requests hold them. Where a missing value may be null or absent, the rows take turns."""
    optional = {feature["name"] for feature in FEATURES if not feature.get("required", True)}
    return [
        {
            name: as_json(value)
            for name, value in row.items()
            if not (pd.isna(value) and name in optional and position % 2 == 0)
        }
        for position, row in enumerate(rows.to_dict("records"))
    ]


def as_json(value):
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
