"""What our exports say around an answer is known again, in every language of the interface."""

from __future__ import annotations

import pytest

from viva.base.words import ENGLISH, of
from viva.base.words.catalogue import languages
from viva.exchange import labels


@pytest.mark.parametrize("language", languages())
def test_what_is_said_in_a_language_is_known_again(language):
    words = of(language)
    for value, said in labels.TRUTH.items():
        assert labels.TRUTHS[words.tell(said).lower()] is value
    votes = words.say("{votes} of {total} votes", votes=3, total=10)
    assert labels.VOTES.match(votes), votes
    for message in (labels.MODEL, labels.READ_AGAIN):
        place = str(message)[str(message).index("{") + 1 : -1]
        told = words.say(str(message), **{place: "the heart (left)"})
        assert labels.inside(message, words, told) == "the heart (left)"
        assert labels.inside(message, ENGLISH, told) in ("", "the heart (left)")
    assert labels.inside(labels.MODEL, words, "Model answer: x") == "x"
    assert labels.inside(labels.MODEL, words, "something else") == ""
