"""What is more likely a slip of the finger is asked about, once."""


class AsksOnceMixin:
    """For a form with a box for each of its `questions`, shown once it was asked.

    Whoever ticks it means what they typed; nothing they typed is lost.
    """

    questions: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.boxes = {name: self.fields[name] for name in self.questions}
        for name in self.boxes.keys() - self.data.keys():
            del self.fields[name]

    def ask(self, name: str, words: str, *, at: str):
        """From `clean`: the words at the field `at`, unless it was ticked by now."""
        if not self.cleaned_data.get(name):
            self.add_error(at, words)
            self.fields[name] = self.boxes[name]
            self.order_fields(self.field_order)
