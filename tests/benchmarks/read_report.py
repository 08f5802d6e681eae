"""Reading, validating, computing and checking a data file of 200 KB, beside PyYAML's CSafeLoader on the same text.

    python tests/benchmarks/read_report.py

prints the ratio of the medians of processor time in alternating runs; the target is 1.5.
"""

import random
import statistics
import time
from pathlib import Path

import yaml

from generator.report import examine
from generator.standard import load_standard

RUNS = 11
ROOT = Path(__file__).parents[2]


def data_file(size: int) -> str:
    """A data file of some `size` bytes of UTF-8 for shifeng-2020: its own one with many more indicators and results."""
    text = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
    head, mark, rest = text.partition("\n指标:\n")
    assert mark
    draw = random.Random(1)
    indicators: list[str] = ["\n指标:\n"]
    written = len(text.encode())
    for first in range(1000):
        block = f"  - 名称: 产出指标{first}\n    二级指标:\n"
        for second in range(3):
            block += f"      - 名称: 数量指标{second}\n        三级指标:\n"
            for third in range(4):
                score = draw.randint(1, 20)
                block += (
                    f"          - {{名称: 第{third}项走访调研企业和商会, 目标数: {draw.randint(1, 60)}, 完成数: 52, 计量单位: 家, "
                    f"分值: {score}, 得分: {score}}}\n"
                    if third % 2
                    else f"          - 名称: 第{third}项服务对象满意度\n            年度指标值: ≥{draw.randint(1, 99)}%\n"
                    f"            实际完成值: 较上年提高，支出{{{{ 资金.全年执行数 }}}}万元\n            分值: {score}\n"
                    f"            得分: {score - 0.5}\n"
                    "            偏差原因: 因疫情影响，部分活动推迟到下一年度开展，已列入工作计划\n"
                )
        indicators.append(block)
        written += len(block.encode())
        if written > size:
            break
    tail = "\n".join(rest.split("\n"))
    end = tail.find("\n项目:")
    return head + "".join(indicators) + tail[end:]


def main() -> None:
    text = data_file(200_000)
    data = text.encode()
    standard = load_standard(str(ROOT / "templates" / "standards" / "shifeng-2020.yaml"))
    _, findings = examine(data, standard)
    print(f"{len(data)} bytes, {len(findings)} findings")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for taken, work in zip(
            times, (lambda: examine(data, standard), lambda: yaml.load(text, yaml.CSafeLoader)), strict=True
        ):
            begun = time.process_time()
            work()
            taken.append(1000 * (time.process_time() - begun))
    ours, theirs = map(statistics.median, times)
    print(f"read, validate, compute, check: {ours:.1f} ms, CSafeLoader {theirs:.1f} ms, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
