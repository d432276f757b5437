"""Where static files are: looked up once a process, since a page names two dozen."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownAddresses(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; an address never changes while the process lives."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = cache(self.url)
