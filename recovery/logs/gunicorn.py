"""What gunicorn itself has to say, in the form of all other lines."""

from gunicorn.glogging import Logger

from recovery.logs.line import line_form


class GunicornLog(Logger):
    """Named by `serve`, and by the image's command."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(line_form())
