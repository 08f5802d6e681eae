"""Look-ups in a list by key: each key is asked once, however many look-ups follow."""

from generator.formula.keyed_items import KeyedItems, found


class Item:
    """A record that counts how often its key is asked."""

    def __init__(self, key, asked):
        self._key = key
        self._asked = asked

    @property
    def key_value(self):
        self._asked.append(self._key)
        return self._key


def items_of(keys):
    asked: list[str | None] = []
    return KeyedItems(Item(key, asked) for key in keys), asked


def it_asks_each_key_once():
    items, asked = items_of([f"项{number}" for number in range(2_000)])
    for number in range(2_000):
        assert found(items, f"项{number}") is items[number]
    assert found(items, "无") is None
    assert len(asked) == 2_000


def it_finds_the_first_of_equal_keys_and_none_without_a_key():
    for count in (2, 20):
        items, _ = items_of([None, "甲", "甲", *(f"项{number}" for number in range(count))])
        assert found(items, "甲") is items[1]
        assert found(items, "乙") is None


def it_searches_a_list_that_is_none_of_a_report():
    items, _ = items_of(["甲", "乙"])
    assert found(list(items), "乙") is items[1]
