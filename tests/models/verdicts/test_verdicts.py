import pytest

import chipstance
from chipstance.models.verdicts.model import Model, load

ARTICLE = """輝達財測優於預期

輝達上季營收創新高,盤後大漲6%。超微卻大跌5%,訂單遭砍。

該公司的毛利率也下滑。

高盛重申輝達買進評等。
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


def test_a_model_opens_by_the_name_of_its_folder_too(model: Model) -> None:
    assert Model(str(model.folder)).name == model.name


def test_an_article_says_how_relevant_each_company_is_and_what_it_says_of_it(model: Model) -> None:
    companies = {verdict.company: verdict for verdict in model.score(ARTICLE).companies}
    nvidia, amd, broker = (companies[each] for each in ("nvidia", "amd", "goldman_sachs"))
    assert nvidia.relevance > amd.relevance > broker.relevance
    assert nvidia.net is not None
    assert amd.net is not None
    assert nvidia.net > 0.3 > -0.3 > amd.net
    assert nvidia.sentences == 3
    assert nvidia.strongest_for is not None
    assert "大漲" in nvidia.strongest_for.text
    assert amd.strongest_against is not None
    assert "大跌" in amd.strongest_against.text
    assert amd.strongest_for is None


def test_companies_come_most_relevant_first(model: Model) -> None:
    relevance = [verdict.relevance for verdict in model.score(ARTICLE).companies]
    assert relevance == sorted(relevance, reverse=True)


def test_a_pronoun_is_judged_for_the_company_of_the_sentence_before(model: Model) -> None:
    sentence = model.score(ARTICLE).sentences[3]
    assert [(c.company, c.mention, c.via) for c in sentence.companies] == [
        ("amd", "該公司", "context")
    ]
    assert ARTICLE[sentence.companies[0].start : sentence.companies[0].end] == "該公司"
    assert sentence.companies[0].sentiment == "negative"


def test_a_missing_subject_stands_at_the_start_with_no_characters(model: Model) -> None:
    text = "中芯國際公布季績。\n\n股價全日升2.5%。"
    (subject,) = model.score(text).sentences[1].companies
    assert (subject.company, subject.mention, subject.via) == ("smic", "", "context")
    assert subject.start == subject.end == text.index("股價")
    assert subject.move_pct == 2.5


def test_context_can_be_left_out_and_changes_nothing_else() -> None:
    with_context, without = load().score(ARTICLE), chipstance.load(context=False).score(ARTICLE)
    for one, other in zip(with_context.as_rows(), without.as_rows(), strict=True):
        one["companies"] = [each for each in one["companies"] if each["via"] != "context"]
        assert one == other
