"""`make demo`: a made-up sales organization in mid-quarter, to look around in.

It has a folder of its own below DATA_DIR, and nothing else is touched: the command
starts itself again with that folder as its DATA_DIR.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from tzlocal import get_localzone_name

from recovery import demo_quarter
from recovery.embedded import postgres
from recovery.embedded.data_folder import AlreadyRunning, DataFolder
from recovery.embedded.demo import FOLDER, environment_of_demo, pass_file
from recovery.embedded.os_user import CannotStart
from recovery.embedded.serve import serve
from recovery.management.server_command import STOP_SIGNALS, ServerCommand


class Command(ServerCommand):
    help = "Runs the demo, on data of its own that it makes once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset",
            action="store_true",
            help="remove the demo's data instead; the next start makes it anew",
        )

    def start(self, *, reset: bool, **options) -> None:
        folder = settings.DATA_DIR / FOLDER
        if settings.DEMO:
            serve(fill=self.fill, say_it_runs=self.say_it_runs)
        elif reset:
            self.remove(folder)
        else:
            script = str(settings.BASE_DIR / "manage.py")
            environment = environment_of_demo(folder, settings.PORT)
            # Kept waiting until the new one can leave in good order.
            signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
            os.execve(sys.executable, [sys.executable, script, "demo"], environment)

    def fill(self) -> None:
        if not demo_quarter.is_there():
            self.say("Making a quarter of sales to look at, this once …")
            demo_quarter.fill(at=timezone.now(), time_zone=get_localzone_name())

    def say_it_runs(self) -> None:
        self.say(
            f"Second Wind is running at {settings.SITE_URL}\n"
            "Try it as Erin, who runs the team, or as Theo, a rep: one click on the "
            "sign-in page. The week's e-mails go out in a minute; at night and on days "
            "off they wait for the working day. Ctrl-C stops it."
        )

    def remove(self, folder: Path) -> None:
        """The pass goes last: a folder without one is not ours to empty."""
        if not pass_file(folder).exists():
            self.say(f"There is no demo in {folder}.")
            return
        data_folder = DataFolder(folder)
        try:
            data_folder.take("nowhere: it is being removed")
        except AlreadyRunning as running:
            raise CannotStart(
                f"The demo is running, at {running.address}: stop it first (Ctrl-C "
                "where it was started), then remove it."
            ) from running
        for each in folder.glob("postgres*"):  # one that a backup replaced, too
            postgres.reset(each)
        for path in folder.iterdir():
            if path != pass_file(folder):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(folder)
        self.say("The demo is gone; `make demo` makes a new one.")
