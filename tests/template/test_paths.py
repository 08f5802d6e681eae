"""The paths that a template uses."""

import pytest

from generator.template.environment import make_environment
from generator.template.paths import uses, variables

ENVIRONMENT = make_environment()


def paths(source):
    return variables(uses(ENVIRONMENT.parse(source), lambda name: name in ENVIRONMENT.globals))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ a.b.c }}{{ a.b }}", {"a.b.c"}),
        (
            "{% for r in rows if r.ok %}{{ r.total|fixed(2) }}{{ loop.index }}{% endfor %}",
            {"rows[].ok", "rows[].total"},
        ),
        ("{% for r in rows %}{% for q in r.z|sort %}{{ q['n'] }}{% endfor %}{% endfor %}", {"rows[].z[].n"}),
        ("{% set k = a.b %}{{ k.c }}{% set t %}{{ d }}{% endset %}{{ t }}", {"a.b.c", "d"}),
        ("{% with x = a %}{{ x.b }}{% endwith %}{{ x }}", {"a.b", "x"}),
        ("{% if a.b %}{{ c }}{% elif d.e %}{{ f.g }}{% else %}{{ h }}{% endif %}", {"a.b", "c", "d.e", "f.g", "h"}),
        ("{% do names.append(k.n) %}", {"names", "k.n"}),
        ("{% filter indent(n.m) %}{{ a }}{% endfilter %}", {"n.m", "a"}),
        ("{{ rows|length }}{{ names|join(sep) }}{{ u.items() }}", {"rows", "names", "sep", "u"}),
        ("{% if not flag and d.e > 3 %}{{ x if y else z }}{% endif %}", {"flag", "d.e", "x", "y", "z"}),
        ("{% macro m(p) %}{{ p.q }}{{ w }}{% endmacro %}{{ m(v) }}", {"w", "v"}),
        ("{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}{{ range(3) }}", {"pairs"}),
        (
            "{{ rows[0].name }}{% for r in rows %}{{ r.name }}{% else %}{{ none_text }}{% endfor %}",
            {"rows[].name", "none_text"},
        ),
    ],
)
def it_names_full_paths(source, found):
    assert paths(source) == found


def it_tells_how_a_path_is_used():
    found = uses(ENVIRONMENT.parse("{{ a }}{% for x in b %}{% endfor %}{% if c %}{% endif %}{{ d + 1 }}"))
    assert [(use.path, use.how) for use in found] == [("a", "print"), ("b", "loop"), ("c", "test"), ("d", "arithmetic")]
