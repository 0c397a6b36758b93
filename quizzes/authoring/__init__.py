"""The question bank and the quizzes in the administration: how authors find, write and choose."""
