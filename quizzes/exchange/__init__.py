"""Questions in and out: GIFT, Moodle XML, Aiken, django-quiz-app and our own JSON.

A reader turns a file's bytes into `Found` (items); `writing_in` puts items into the bank, all or
none; a writer turns items into a file. The formats know nothing of the database.
"""
