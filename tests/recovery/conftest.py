"""What tests of the wiring share."""

import ssl

import pytest
import trustme


@pytest.fixture
def certificate(monkeypatch, tmp_path):
    """Of a server on this machine, signed by somebody this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context
