"""Certificates as large as those of the service, made on the spot by the openssl command."""

import base64
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from figures import BenchmarkError

HOST = "localhost"

AUTHORITIES = ("CN=Root CA 2", "CN=Root CA 1", "CN=RSA 2048 M01")
"""From the one that is trusted down to the one that signs: the service sends all but the first.

It sends the certificate of its root as signed by an older one, and of that one as signed by a yet
older one, for machines that know nothing newer.
"""

_CONFIGURATION = """\
[req]
prompt = no
distinguished_name = name
[name]
commonName = name
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, digitalSignature, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.root.example.com, caIssuers;URI:http://crt.root.example.com/root.cer
crlDistributionPoints = URI:http://crl.root.example.com/root.crl
certificatePolicies = 2.23.140.1.2.1
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:localhost, DNS:*.iot.eu-west-3.amazonaws.com, DNS:iot.eu-west-3.amazonaws.com
crlDistributionPoints = URI:http://crl.r2m01.example.com/r2m01.crl
certificatePolicies = 2.23.140.1.2.1
authorityInfoAccess = OCSP;URI:http://ocsp.r2m01.example.com, caIssuers;URI:http://crt.r2m01.example.com/r2m01.cer
# as much as the proofs of three transparency logs take
1.3.6.1.4.1.11129.2.4.2 = ASN1:FORMAT:HEX,OCTETSTRING:{proofs}
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""

_PROOFS_LENGTH = 366


class Certificates(NamedTuple):
    """PEM files."""

    trusted: Path
    server: Path
    """The chain that is sent, and its key."""
    client: Path
    """As AWS IoT makes them for devices: signed by one authority, which is not sent along."""
    client_key: Path
    client_authority: Path

    @property
    def chain_bytes(self) -> int:
        """How much the server's chain weighs on the wire."""
        return sum(map(len, _certificates_in(self.server)))

    @property
    def client_bytes(self) -> int:
        """The same of the client's."""
        return sum(map(len, _certificates_in(self.client)))


def make_certificates(folder: Path) -> Certificates:
    """Make them all, with RSA keys of 2,048 bits as the service has them; takes a few seconds."""
    (folder / "all.cnf").write_text(_CONFIGURATION.format(proofs="7f" * _PROOFS_LENGTH))
    chain: list[Path] = []
    issuer: str | None = None
    for subject in ("CN=Old Root", *AUTHORITIES):
        name = subject.removeprefix("CN=").replace(" ", "-")
        chain.append(_certificate(folder, name, f"/C=US/O=Example Trust/{subject}", issuer))
        issuer = name
    server = _certificate(folder, "server", f"/CN={HOST}", issuer, "server")
    sent = folder / "sent.pem"
    whole = (server, *reversed(chain[1:]), folder / "server.key")
    sent.write_text("".join(each.read_text() for each in whole))
    authority = _certificate(folder, "devices", "/OU=Example Web Services/L=Seattle", None)
    client = _certificate(folder, "client", "/CN=AWS IoT Certificate", "devices", "client")
    return Certificates(chain[0], sent, client, folder / "client.key", authority)


def _certificate(
    folder: Path, name: str, subject: str, issuer: str | None, kind: str = "authority"
) -> Path:
    key, request, made = (folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
    _openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
    configuration = folder / "all.cnf"
    _openssl(
        *("req", "-new", "-key", key, "-subj", subject, "-config", configuration, "-out", request)
    )
    by = ("-signkey", key) if issuer is None else ("-CA", folder / f"{issuer}.pem")
    with_key = () if issuer is None else ("-CAkey", folder / f"{issuer}.key", "-CAcreateserial")
    _openssl(
        *("x509", "-req", "-in", request, *by, *with_key, "-days", "30", "-sha256"),
        *("-extfile", configuration, "-extensions", kind, "-out", made),
    )
    return made


def _openssl(*arguments: str | Path) -> None:
    done = subprocess.run(
        ["openssl", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"openssl {arguments[0]}: {done.stderr.strip()}")


def _certificates_in(pem: Path) -> list[bytes]:
    blocks = re.findall(
        "-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", pem.read_text(), re.DOTALL
    )
    return [base64.b64decode(block) for block in blocks]
