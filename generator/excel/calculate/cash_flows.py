"""Rates of cash flows: IRR, XIRR, RATE, to the last digits that a double keeps.

A flow that changes its sign more than once may have several rates, of which the first guess decides: that is doubtful.
Source: Microsoft, "IRR function", "XIRR function", "RATE function".
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from generator.excel.calculate.cell_arrays import Doubtful, flat, is_number, number_of_value


def _root(value_at: Callable[[float], float]) -> float:
    """The rate at which a value that grows or falls steadily is nothing, by halving and then by secants."""
    start = value_at(0.0) > 0
    low, high = 0.0, 0.0
    for step in (0.1, 0.5, 0.9, 0.99, 0.999, 1.0, 10.0, 1e3, 1e6):
        if (value_at(step) > 0) != start:
            high = step
            break
        try:
            turned = step < 1 and (value_at(-step) > 0) != start
        except OverflowError:
            turned = False
        if turned:
            low = -step
            break
    else:
        raise Doubtful("no rate")
    below = value_at(low) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (value_at(middle) > 0) == below:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _turns_once(flows: Sequence[float]) -> None:
    signs = [flow > 0 for flow in flows if flow]
    if sum(one != other for one, other in itertools.pairwise(signs)) != 1:
        raise Doubtful("no rate, or several")


def irr(values: Any, guess: Any = 0.1) -> float:
    """IRR: the rate at which the present values of equal periods add up to nothing.

    Raises:
        Doubtful: the flow does not change its sign exactly once.
    """
    del guess  # where the first guess decides, the result is doubtful anyway
    flows = [float(value) for value in flat(values) if is_number(value)]
    if any(isinstance(value, dict) for value in flat(values)):
        raise Doubtful("an error among the values")
    _turns_once(flows)
    return _root(lambda rate: sum(flow / (1 + rate) ** index for index, flow in enumerate(flows)))


def xirr(values: Any, dates: Any, guess: Any = 0.1) -> float:
    """XIRR: the yearly rate (of 365 days) at which payments on days add up to nothing.

    Raises:
        Doubtful: the flow does not change its sign exactly once, or a value is no number.
    """
    del guess
    pairs = list(zip(flat(values), flat(dates), strict=True))
    if not all(is_number(flow) and is_number(day) for flow, day in pairs) or any(day < pairs[0][1] for _, day in pairs):
        raise Doubtful("values that are no numbers, or days before the first")
    flows = sorted(((int(day), float(flow)) for flow, day in pairs), key=lambda pair: pair[0])
    _turns_once([flow for _, flow in flows])
    first = flows[0][0]
    return _root(lambda rate: sum(flow / (1 + rate) ** ((day - first) / 365) for day, flow in flows))


def rate(periods: Any, payment: Any, present: Any, future: Any = 0.0, begins: Any = 0.0, guess: Any = 0.1) -> float:
    """RATE: the rate per period of an annuity.

    Args:
        periods: how many, a whole number.
        payment, present, future: amounts; what is paid is negative.
        begins: 1 if payments are due at the beginning of a period.
        guess: not used; see the file.

    Raises:
        Doubtful: there is no rate, or there may be several.
    """
    del guess
    count = number_of_value(periods)
    amount, now, later = number_of_value(payment), number_of_value(present), number_of_value(future)
    early = 1 if number_of_value(begins) else 0
    if count != int(count) or not 1 <= count <= 3000:
        raise Doubtful("periods that are not counted")
    flows = [now] + [0.0] * int(count)
    for index in range(int(count)):
        flows[index + (0 if early else 1)] += amount
    flows[-1] += later
    _turns_once(flows)

    def value(interest: float) -> float:
        if abs(interest) < 1e-9:
            return now + amount * count + later
        growth = (1 + interest) ** -count
        return now + amount * (1 + interest * early) * (1 - growth) / interest + later * growth

    return _root(value)


def schedule(principal: Any, rates: Any) -> float:
    """FVSCHEDULE: an amount after a row of rates."""
    found = number_of_value(principal)
    for value in flat(rates):
        if value is not None and not is_number(value):
            raise Doubtful("a rate that is no number")
        found *= 1 + number_of_value(value)
    return found


def depreciation(
    cost: Any, salvage: Any, life: Any, start: Any, end: Any, factor: Any = None, stays: Any = None
) -> float:
    """VDB over whole periods: declining balance, straight-line from where that takes more (unless it `stays`)."""
    left, least = number_of_value(cost), number_of_value(salvage)
    periods, first, last = (number_of_value(value) for value in (life, start, end))
    rate = 2.0 if factor is None else number_of_value(factor)
    whole = first == int(first) and last == int(last)
    if not (whole and 0 <= first <= last <= periods and 0 <= least <= left and periods > 0 and rate > 0):
        raise Doubtful("parts of periods, or an asset that gains")
    total = 0.0
    for period in range(int(last)):
        declining = min(left * rate / periods, left - least)
        straight = (left - least) / (periods - period)
        taken = declining if stays is not None and number_of_value(stays) else max(declining, straight)
        left -= taken
        if period >= first:
            total += taken
    return total
