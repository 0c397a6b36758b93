"""What an author would want to know about a question before learners do. Advice: it stops nothing.

`remarks(question)` looks at one question, `bank_remarks(questions)` at what shows only in many.
"""

from quizzes.lint.bank import bank_remarks, double_remarks
from quizzes.lint.question import remarks
from quizzes.lint.remark import Remark, Severity

__all__ = ["Remark", "Severity", "bank_remarks", "double_remarks", "remarks"]
