"""`point_order`: `首先，…；再次，…` without a second point; what only sounds like it is left alone."""

from __future__ import annotations

import pytest

from generator.report.point_order import points_out_of_order


@pytest.mark.parametrize(
    "text",
    [
        "首先，抓好学习；再次，抓好落实。",
        "首先是抓好学习。再次是抓好落实。",
        "首先要提高认识，再次要抓好落实。",
        "工作中，首先，建立台账，逐户登记。再次，逐项销号。",
    ],
)
def it_tells_a_third_point_behind_a_first(text: str):
    ((start, end, words, reason),) = points_out_of_order(text)
    assert (text[start:end], words) == ("再次", "再次")
    assert reason.zh == "跟在“首先”后面，不连续"


@pytest.mark.parametrize(
    "text",
    [
        "首先，抓好学习；其次，抓好落实；再次，抓好检查。",
        "首先，抓好学习；然后，抓好落实；再次，抓好检查。",
        "首先是抓好学习，二是抓好落实。再次，抓好检查。",
        "首先，抓好学习。同时，抓好落实。再次，抓好检查。",
        "首先，抓好学习，并再次强调纪律。",
        "首先要提高认识。会上再次要求各股室抓好落实。",
        "首先召开动员会，再次走访企业。",
        "我会再次获评“五好”工商联，首先得益于会员支持。",
        "抓好学习。再次，抓好检查。",
        "首先，抓好学习；最后，抓好检查。",
    ],
)
def it_leaves_other_firsts_and_what_is_done_again(text: str):
    assert not list(points_out_of_order(text))
