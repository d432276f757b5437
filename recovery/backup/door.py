"""How PostgreSQL's own programs reach a database that Python has reached already."""

from dataclasses import dataclass, field

from psycopg import Connection

from recovery.embedded.cluster import environment


@dataclass(frozen=True)
class Door:
    """Where it is, as whom, and what release of PostgreSQL it runs."""

    dsn: str
    password: str = field(repr=False)
    release: int

    @classmethod
    def of(cls, connection: Connection) -> "Door":
        info = connection.info
        return cls(info.dsn, info.password, info.server_version // 10_000)

    def environment(self) -> dict[str, str]:
        """Ours and the password: a command line could be read by others."""
        return environment() | ({"PGPASSWORD": self.password} if self.password else {})
