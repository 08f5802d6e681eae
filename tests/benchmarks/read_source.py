"""Reading a data file of 200 KB with every position, beside PyYAML's CSafeLoader on the same text.

    python tests/benchmarks/read_source.py

prints the ratio of the medians of processor time in alternating runs; the target is 0.5.
"""

import json
import random
import statistics
import time
from collections.abc import Callable

import yaml

from generator.source import read_source

RUNS = 15


def data_file(size: int) -> str:
    """A data file of some `size` bytes of UTF-8: a funds block and one indicator after the other."""
    draw = random.Random(1)
    blocks = ["标准: shifeng-2020\n年度: 2020\n指标:\n"]
    while sum(len(block.encode()) for block in blocks) < size:
        blocks.append(
            f"  - 名称: 第{draw.randint(1, 999)}项指标\n"
            f"    年度指标值: ≥{draw.randint(1, 99)}%\n"
            f"    实际完成值: {draw.randint(1, 99)}%\n"
            f"    分值: {draw.randint(1, 20)}\n"
            f"    得分: {draw.randint(1, 2000) / 100}\n"
            "    资金: {年初预算数: 126.14, 全年预算数: 160.44, 全年执行数: 161.4}\n"
            "    偏差原因: 因疫情影响，部分活动推迟到下一年度开展，已列入工作计划\n"
            "    说明: |\n      2020年支出{{ 资金.全年执行数 }}万元，\n      较上年有所增加。\n"
        )
    return "".join(blocks)


def compare(name: str, one: Callable[[], object], other: Callable[[], object]) -> None:
    """Print the medians of two ways of doing the same, in milliseconds, and their ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for taken, work in zip(times, (one, other), strict=True):
            begun = time.process_time()
            work()
            taken.append(1000 * (time.process_time() - begun))
    ours, theirs = map(statistics.median, times)
    print(f"{name}: {ours:.1f} ms, CSafeLoader {theirs:.1f} ms, ratio {ours / theirs:.2f}")


def main() -> None:
    text = data_file(200_000)
    data = text.encode()
    compare("YAML 200 KB", lambda: read_source(data), lambda: yaml.load(text, yaml.CSafeLoader))
    packed = json.dumps(yaml.load(text, yaml.BaseLoader), ensure_ascii=False, indent=1)
    packed_data = packed.encode()
    compare("JSON of it", lambda: read_source(packed_data), lambda: yaml.load(text, yaml.CSafeLoader))


if __name__ == "__main__":
    main()
