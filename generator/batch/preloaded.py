"""What every worker needs, imported once by the process that the workers are copies of."""

import generator.documents.produce
import generator.excel.template
import generator.report
import generator.word.template  # noqa: F401
