"""Markdown tables and the figures in them."""

NONE = "–"


def table(heads, lines):
    """The first column is text, the others are figures if all of them are."""
    aligns = ["---" if index == 0 or not all(figure(line[index]) for line in lines) else "---:" for index in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, aligns, *lines)) + "\n"


def figure(text):
    return text == NONE or text[:1].isdigit()


def share(part, digits):
    return NONE if part is None else f"{100 * part:.{digits}f} %"


def millis(number):
    return NONE if number is None else f"{number:.1f}"
