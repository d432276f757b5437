"""What is written to stderr: a line for each request, task, slow query and trouble.

No line holds what a person typed, is called or may be reached by, nor a token: a line
says a route and not the address, numbers of rows and not their words, of an error its
kind and place and not its message. `tests/recovery/logs/` drives marked words through
the app and looks for them.
"""
