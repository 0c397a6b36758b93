"""Questions as hypothesis makes them up, full of what formats use as marks."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from quizzes.exchange.items import Item, OptionItem, Picture, StepItem
from quizzes.exchange.moodle import digits
from quizzes.kinds import Kind

# As they are read, with spaces between them.
MARKS = r"""~ = # { } : \ \n -> %50% :: // $CATEGORY: #### [html] [plain] <b> &lt; ]]> &&058; [id:x]
{} {=a} ~= £ ŵ 🙂 " ' T TRUE ANSWER: A. _____ <!-- @@PLUGINFILE@@ \[ \] %""".split()  # noqa: SIM905
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\x7f")
PNG = b"\x89PNG\r\n\x1a\n"
IN_PARTS = {Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING}


def _stripped(pieces):
    return "".join(pieces).strip()


def texts(most=40, lines=True):
    """Return texts that begin and end with something."""
    pieces = [st.sampled_from(MARKS), LETTERS, st.just(" "), *([st.just("\n")] if lines else [])]
    return st.lists(st.one_of(*pieces), min_size=1, max_size=most).map(_stripped).filter(bool)


LINES = texts(15, lines=False).map(lambda text: " ".join(text.split())).filter(bool)
MAYBE = st.just("") | texts(12)
WORDS = st.lists(st.sampled_from(["who", "tell", "£5", "ŵ", "<", "&"]), min_size=1).map(" ".join)
SLUGS = st.from_regex(r"[a-z]{2,8}-[0-9]{2}", fullmatch=True)
DATES = st.just("") | st.dates().map(str)
TOPICS = st.lists(LINES.filter(lambda t: len(t) <= 60), max_size=2).map(tuple)


def _weights(low, high, *not_near):
    def is_unusual(weight):
        return all(abs(weight - usual) > Decimal("0.01") for usual in not_near)

    return st.none() | st.decimals(low, high, places=5).filter(is_unusual)


@st.composite
def _options(draw, kind):
    if kind == Kind.ESSAY:
        return ()
    if kind == Kind.TRUE_FALSE:
        right = draw(st.booleans())
        return tuple(
            OptionItem(text, is_correct=is_right, feedback=draw(MAYBE))
            for text, is_right in (("True", right), ("False", not right))
        )
    values = draw(st.lists(_texts_of(kind), min_size=2, max_size=5, unique=True))
    return tuple(draw(_option(kind, text, place, len(values))) for place, text in enumerate(values))


def _texts_of(kind):
    if kind == Kind.NUMERIC:
        return st.decimals(-1000, 1000, places=3).map(digits)
    if kind == Kind.ORDERING:
        return LINES | st.sampled_from(["// no", "$CATEGORY: a", "&#47;/", "&#38;", "&#", "//"])
    if kind == Kind.MATCHING:  # an arrow on the left needs HTML, which joins spaces
        return LINES
    return texts(20).filter(lambda text: kind != Kind.SHORT_TEXT or "->" not in text)


@st.composite
def _option(draw, kind, text, place, count):
    if kind == Kind.MATCHING:
        return OptionItem(text, match=draw(texts(15)))
    if kind == Kind.ORDERING:
        return OptionItem(text)
    is_right = place == 0 or (kind != Kind.SINGLE and place < count - 1)
    usual = Decimal(100)
    if kind == Kind.MULTIPLE:
        usual = Decimal(100) / max(count - 1, 1)
    if is_right:
        weight = st.none() if kind == Kind.SINGLE else _weights("0.01", 100, usual, 100)
    else:
        weight = _weights(-100, 0, -usual, 0)
    return OptionItem(
        text,
        is_correct=is_right,
        weight=draw(weight),
        tolerance=draw(st.none() | st.decimals("0.001", 50, places=3))
        if kind == Kind.NUMERIC
        else None,
        # An arrow in the feedback to what is typed needs HTML, which joins spaces.
        feedback=draw(MAYBE.filter(lambda said: kind != Kind.SHORT_TEXT or "->" not in said)),
        is_pinned=draw(st.booleans()),
    )


@st.composite
def items(draw, kinds=tuple(kind for kind in Kind if kind != Kind.SCENARIO)):
    """Return questions that every format but Aiken can say."""
    kind = draw(st.sampled_from(kinds))
    return Item(
        kind=kind,
        stem=draw(texts()),
        options=draw(_options(kind)),
        reference=draw(SLUGS),
        category=draw(TOPICS),
        explanation="" if kind == Kind.ORDERING else draw(MAYBE),
        points=draw(st.integers(1, 10)),
        is_partial=draw(st.booleans()) if kind in IN_PARTS else False,
        is_case_sensitive=draw(st.booleans()) if kind == Kind.SHORT_TEXT else False,
        option_order=draw(st.sampled_from(["random", "written", "alphabetical"])),
        nation=draw(st.sampled_from(["", "Wales", "England and Wales"])),
        source=draw(st.just("") | LINES.filter(lambda text: "\\" not in text)),
        law_as_at=draw(DATES),
        review_by=draw(DATES),
    )


@st.composite
def pictured(draw):
    """Return questions as Moodle XML can say them, some with a picture or words for a marker."""
    item = draw(items())
    if item.kind == Kind.ESSAY:
        return replace(item, guidance=draw(MAYBE))
    if draw(st.booleans()):
        return item
    picture = Picture(draw(SLUGS) + " ŵ.png", PNG + draw(st.binary(max_size=20)), draw(WORDS))
    return replace(item, stem=draw(WORDS), picture=picture)


@st.composite
def anything(draw):
    """Return questions of every type with every field."""
    item = draw(pictured())
    if draw(st.booleans()):
        return item
    kinds = (Kind.SINGLE, Kind.TRUE_FALSE, Kind.ORDERING)
    steps = [StepItem(draw(items(kinds)), draw(MAYBE)) for _ in range(2)]
    return replace(item, kind=Kind.SCENARIO, options=(), steps=tuple(steps))
