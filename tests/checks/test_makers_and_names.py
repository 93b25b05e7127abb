"""Wallet addresses, makers' own sites, links that pay, words beside names, and what the scan rules out."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.hints import hint_of
from bot.checks.wallet import is_wallet_address
from bot.domain.answer import No
from bot.engine.evaluate import look
from bot.rulebook.load import load
from tests.builders import NOON, a_comment, a_post
from tests.checks.asking import ask, word
from tests.paths import CHECKOUT

WALLETS = yaml.safe_load((CHECKOUT / "tests" / "data" / "wallets.yaml").read_text())
RIGHT = WALLETS["right"][0]
BESIDE = "{beside_name: {names: [Ada Lovelace, Bob], before: [next, the], after: [of the], between: [and, vs]}}"


@pytest.mark.parametrize("address", WALLETS["right"])
def test_right_checksums(address):
    assert is_wallet_address(address)
    assert word(ask(a_post(body=f"Send it to {address}, please."), "{wallet_address: true}")) == "yes"


@pytest.mark.parametrize("address", WALLETS["wrong"])
def test_wrong_checksums(address):
    assert not is_wallet_address(address)
    assert word(ask(a_post(body=f"Send it to {address}, please."), "{wallet_address: true}")) == "no"


@given(st.text(alphabet="123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", min_size=26, max_size=34))
def test_letters_by_chance_are_no_address(text):
    assert not is_wallet_address(text)


@pytest.mark.parametrize(
    ("item", "when", "expected"),
    [
        (a_post(body=f"`{RIGHT}`"), "{wallet_address: true}", "no"),
        (a_post(body=None), "{wallet_address: true}", "unknown"),
        (a_comment(body=RIGHT), "{wallet_address: true}", "yes"),
        (a_post(title="Twittie is here", url="http://www.twittie.com/"), "{names_its_site: title}", "yes"),
        (a_post(title="My page", url="https://bob.example/"), "{names_its_site: title}", "no"),
        (a_post(title="The Wire Cutter", url="https://thewirecutter.co.uk/x"), "{names_its_site: title}", "yes"),
        (a_post(title="A tax", url="https://tax.example/"), "{names_its_site: title}", "no"),
        (a_post(title="x", url=None), "{names_its_site: title}", "unknown"),
        (a_comment(), "{names_its_site: title}", "no"),
        (a_post(url="https://shop.example/?aff_id=7"), "{referral: strong}", "yes"),
        (a_post(url="https://shop.example/?ref=7"), "{referral: strong}", "no"),
        (a_post(url="https://shop.example/?ref=7"), "{referral: weak}", "yes"),
        (a_comment(body="buy at https://www.amazon.com/dp/B0?tag=bob-20"), "{referral: strong}", "yes"),
        (a_comment(body="no question here"), "{referral: strong}", "no"),
        (a_post(url=None), "{referral: strong}", "unknown"),
        (a_post(title="The next Bob"), BESIDE, "yes"),
        (a_post(title="Bob of the north"), BESIDE, "yes"),
        (a_post(title="Ada Lovelace vs. Bob"), BESIDE, "yes"),
        (a_post(title="Ada Lovelace and others"), BESIDE, "no"),
        (a_post(title="next week: Bob"), BESIDE, "no"),
        (a_post(title="the next thing"), BESIDE, "no"),
        (a_post(title=None), BESIDE, "unknown"),
        (a_comment(body="the next Bob"), BESIDE, "no"),
        (a_post(url=""), "{is_text_post: true}", "yes"),
        (a_post(url="https://x.example/"), "{links_to_front_page: true}", "yes"),
        (a_post(url="https://x.example/en/?utm_source=a"), "{links_to_front_page: true}", "yes"),
        (a_post(url="https://x.example/article"), "{links_to_front_page: true}", "no"),
    ],
)
def test_answers(item, when, expected):
    assert word(ask(item, when)) == expected


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{names_its_site: body}", "names no site"),
        ("{referral: some}", "write `strong` or `weak`"),
        ("{beside_name: {before: [a]}}", "needs `names`"),
    ],
)
def test_wrong_settings_are_told(when, says):
    from bot.rulebook.load import BrokenRules

    with pytest.raises(BrokenRules) as broken:
        ask(a_post(), when)
    assert says in "\n".join(each.render() for each in broken.value.diagnostics)


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    whens = [
        "{title: [alpha, beta]}",
        "{title: [alpha], body: [beta]}",
        "[{title: [alpha]}, {domain: [beta.example]}]",
        "{~title: [alpha]}",
        "{any: [{title: [alpha]}, {is_text_post: true}]}",
        "{domain: [beta.example], title+body (regex): ['gam+a']}",
        "{wallet_address: true}",
        "{referral: strong}",
    ]
    rules = "\n".join(f"  - {{id: r{number}, when: {when}}}" for number, when in enumerate(whens))
    path.write_text(f"version: 1\nrules:\n{rules}\n")
    return load([path])


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "?", RIGHT, "https://a.example/?aff=1"]), max_size=3)


@given(WORDS, WORDS, st.sampled_from(["", "https://beta.example/", "https://x.example/?aff=1"]))
def test_what_the_scan_rules_out_does_not_hold(checks, title, body, url):
    subject = look(checks, a_post(title=" ".join(title), body=" ".join(body), url=url), NOON)
    for rule in checks.rules:
        hint = hint_of(rule.when)
        if hint and not subject.hits.touched((hint,)):
            assert rule.when.answer(subject) == No()
